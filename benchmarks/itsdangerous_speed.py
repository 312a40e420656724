"""Times Python's itsdangerous on the values of the benchmarks; prints one JSON object of nanoseconds per call."""
import json
import sys
import timeit

import itsdangerous

RING = 64
signer = itsdangerous.TimestampSigner("a secret of more than twenty characters")
serializer = itsdangerous.URLSafeTimedSerializer("a secret of more than twenty characters")
texts = ["user-%010d.report-%07d" % (i * 7919000041 % 10000000000, i) for i in range(RING)]
logins = [{"id": "fooba" + chr(ord("0") + i)} for i in range(RING)]
signed = [signer.sign(text) for text in texts]
dumped = [serializer.dumps(login) for login in logins]


def median(call, values):
    def once_round():
        for value in values:
            call(value)

    times = sorted(timeit.repeat(once_round, number=20, repeat=11))
    return times[5] / 20 / RING * 1e9


print(json.dumps({
    "version": getattr(itsdangerous, "__version__", None) or __import__("importlib.metadata").metadata.version("itsdangerous"),
    "python": sys.version.split()[0],
    "signText": median(signer.sign, texts),
    "checkText": median(lambda token: signer.unsign(token, max_age=86400), signed),
    "signRecord": median(serializer.dumps, logins),
    "checkRecord": median(lambda token: serializer.loads(token, max_age=86400), dumped),
}))
