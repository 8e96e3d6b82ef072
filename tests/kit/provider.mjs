// A real OpenID provider on loopback. Usage: node provider.mjs PACKAGE PORT CERT KEY SECONDS
// Prints "ready", then one line for each token that it gives: the grant type.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

const [, , entry, port, cert, key, seconds] = process.argv;
const { Provider } = await import(entry);
const issuer = `https://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "pressutskick",
      application_type: "native",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://localhost"],
      grant_types: [
        "authorization_code",
        "refresh_token",
        "urn:ietf:params:oauth:grant-type:device_code",
      ],
      response_types: ["code"],
    },
    {
      client_id: "mailserver",
      client_secret: "hemligt",
      redirect_uris: [],
      response_types: [],
      grant_types: [],
    },
  ],
  // Whoever types a name is that person.
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, preferred_username: id, name: "Presstjänsten" }),
  }),
  claims: { email: ["email"], profile: ["name", "preferred_username"] },
  conformIdTokenClaims: false,
  features: {
    deviceFlow: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
  },
  ttl: { AccessToken: Number(seconds), RefreshToken: 3600, Grant: 3600, Session: 3600 },
});

provider.on("grant.success", (ctx) => console.log(ctx.oidc.params.grant_type));
createServer({ cert: readFileSync(cert), key: readFileSync(key) }, provider.callback()).listen(
  Number(port),
  "127.0.0.1",
  () => console.log("ready"),
);
