"""What comes back: a mail's bytes in, a verdict out. Bounces, absences, answers, opt-outs.

`reading.read_reply` asks in this order: is it a machine's, which report, which notice, and what a
person wrote. Whether it concerns a delivery of ours is the caller's to find out, with the `clues`.
Pure: no mailbox, no log, no clock; `pressutskick.inbox` brings the bytes.
"""
