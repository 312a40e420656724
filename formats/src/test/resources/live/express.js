// An Express application that sets what Java reads, and shows what it sees of what Java set.
const express = require("express");
const cookieParser = require("cookie-parser");
const cookieSession = require("cookie-session");
const signature = require("cookie-signature");
const Keygrip = require("keygrip");

const keys = ["new secret", "old secret"];
const app = express();
app.use(cookieParser(keys));
app.use(cookieSession({ name: "session", keys }));
app.get("/set", (req, res) => {
  res.cookie("text", "h\u00e9llo; & co.", { signed: true });
  res.cookie("json", { id: 7, f: 1e21, s: "<\u00e9\u2028>", n: [null, -0.5] }, { signed: true });
  req.session = { user: "tobi", visits: 1 };
  res.json({
    signed: signature.sign("tobi", keys[1]),
    grip: new Keygrip(keys).sign("data"),
  });
});
app.get("/see", (req, res) => {
  res.json({ signed: { ...req.signedCookies }, session: req.session });
});
app.get("/check", (req, res) => {
  res.json({
    unsigned: signature.unsign(req.query.signed, keys[0]),
    index: new Keygrip(keys).index("data", req.query.grip),
  });
});
const server = app.listen(0, "127.0.0.1", () => console.log(server.address().port));
// Ends with whoever started it.
process.stdin.on("end", () => process.exit(0)).resume();
