"""A text of a release together with what it attaches: what somebody holds who got the mail. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pressutskick.dispatch.approval import FileDigest, digest_files, digest_release
from pressutskick.dispatch.records import Snapshot
from pressutskick.message.model import AttachedFile
from pressutskick.release.document import format_document, parse_document
from pressutskick.release.model import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The release as it was or is told, and the files that go with it.

    `canonical` is its document. `seal` is the digest of document and files; it tells whether files
    of which no more is known (`files` is None) are still the same.
    """

    release: Release
    canonical: str
    seal: str
    files: tuple[FileDigest, ...] | None

    def has_files(self, files: Sequence[FileDigest]) -> bool:
        """Whether exactly these went with it."""
        if self.files is not None:
            return self.files == tuple(files)
        return self.seal == digest_release(self.canonical, files)


def list_releases(texts: Mapping[int, Text]) -> Mapping[int, Release]:
    """The texts without their files, by the same numbers."""
    return {number: text.release for number, text in texts.items()}


def read_text(snapshot: Snapshot) -> Text:
    """What went out, from the log."""
    return Text(
        release=parse_document(snapshot.release).release,
        canonical=snapshot.release,
        seal=snapshot.digests.release,
        files=snapshot.files,
    )


def make_text(release: Release, attached: Sequence[AttachedFile]) -> Text:
    """What would go out now."""
    canonical, files = format_document(release), digest_files(attached)
    seal = digest_release(canonical, files)
    return Text(release=release, canonical=canonical, seal=seal, files=files)
