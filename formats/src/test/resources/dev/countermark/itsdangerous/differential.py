"""One case a line on standard input, one answer a line on standard output; what itsdangerous itself writes and reads.

In: JSON with class, keys, salt, sep, derivation, digest, now, age, value and token (value and token in base64).
Out, with tabs between: the token written; then ok, the class of the error, or crash; its text; its payload; its date.
"""
import base64, hashlib, json, sys, time
import itsdangerous

now = 0
time.time = lambda: now


def b64(data):
    return base64.b64encode(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).decode()


def date(value):
    return "" if value is None else str(int(value.timestamp()))


def answer(case):
    global now
    now = case["now"]
    signer = case["class"].endswith("Signer")
    options = {"sep": case["sep"], "key_derivation": case["derivation"], "digest_method": getattr(hashlib, case["digest"])}
    arguments = options if signer else {"signer_kwargs": options}
    if case["salt"] is not None:
        arguments["salt"] = case["salt"]
    try:
        tokens = getattr(itsdangerous, case["class"])([k.encode() for k in case["keys"]], **arguments)
        # A serializer finds out that its separator is none when it makes its first signer.
        signer or tokens.make_signer()
    except ValueError:
        return ["refused", "", "", "", ""]
    value = base64.b64decode(case["value"])
    written = tokens.sign(value) if signer else tokens.dumps(json.loads(value))
    timed = case["class"] in ("TimestampSigner", "TimedSerializer", "URLSafeTimedSerializer")
    read = tokens.unsign if signer else tokens.loads
    limit = {"max_age": case["age"]} if timed else {}
    try:
        got = read(base64.b64decode(case["token"]), **limit)
        result = ["ok", "", b64(got if signer else json.dumps(got)), ""]
    except itsdangerous.BadData as e:
        payload = getattr(e, "payload", None)
        result = [type(e).__name__, b64(str(e)), "" if payload is None else "=" + b64(payload), date(getattr(e, "date_signed", None))]
    except Exception as e:
        result = ["crash", "", "", ""]
    return [b64(written)] + result


for line in sys.stdin:
    print("\t".join(answer(json.loads(line))))
