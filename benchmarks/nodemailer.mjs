// nodemailer's pool as a contestant: node nodemailer.mjs PORT RECIPIENTS CONNECTIONS TEMPLATE_JSON
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.NODEMAILER_AT + "/");
const nodemailer = require("nodemailer");
const [port, recipients, connections] = process.argv.slice(2, 5).map(Number);
const { text, html, calendar } = JSON.parse(readFileSync(process.argv[5], "utf8"));
const pool = nodemailer.createTransport({
  host: "127.0.0.1", port, pool: true, maxConnections: connections, maxMessages: Infinity,
  secure: false, ignoreTLS: true,
});
let accepted = 0;
let next = 0;

async function send(number) {
  const name = `Åsa ${number} Lind`;
  const fill = (pattern) => pattern.replaceAll("@NAME@", `Åsa ${number}`);
  await pool.sendMail({
    from: "Pressen i Åstad <press@astad.example>",
    to: { name, address: `desk${number}@newsdesk${number % 40}.example` },
    replyTo: "press@astad.example",
    subject: "Pressinbjudan 4/9: Invigning av hamnbadet",
    text: fill(text),
    html: fill(html),
    attachments: [{ filename: "inbjudan.ics", content: calendar, contentType: "text/calendar; method=PUBLISH" }],
    headers: { "X-Id": String(number), "List-Unsubscribe": `<mailto:press@astad.example?subject=${number}>` },
  });
  accepted += 1;
}

// As many at a time as keep every connection busy: the pool queues the rest.
async function work() {
  while (next < recipients) await send(next++);
}
const began = process.hrtime.bigint();
await Promise.all(Array.from({ length: connections * 2 }, work));
pool.close();
console.log(JSON.stringify({ accepted, engine_seconds: Number(process.hrtime.bigint() - began) / 1e9 }));
