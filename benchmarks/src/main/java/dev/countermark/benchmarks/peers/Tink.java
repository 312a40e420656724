package dev.countermark.benchmarks.peers;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.jwt.JwtHmacKey;
import com.google.crypto.tink.jwt.JwtHmacParameters;
import com.google.crypto.tink.jwt.JwtMac;
import com.google.crypto.tink.jwt.JwtMacConfig;
import com.google.crypto.tink.jwt.JwtValidator;
import com.google.crypto.tink.jwt.RawJwt;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Map;

final class Tink implements JwtPeer {

    private final JwtMac mac;
    private final JwtValidator validator =
            JwtValidator.newBuilder().allowMissingExpiration().build();

    @AccessesPartialKey
    Tink(byte[] secret) throws GeneralSecurityException {
        JwtMacConfig.register();
        var parameters = JwtHmacParameters.builder()
                .setKeySizeBytes(secret.length)
                .setAlgorithm(JwtHmacParameters.Algorithm.HS256)
                .setKidStrategy(JwtHmacParameters.KidStrategy.IGNORED)
                .build();
        var key = JwtHmacKey.builder()
                .setParameters(parameters)
                .setKeyBytes(SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()))
                .build();
        var handle = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build();
        this.mac = handle.getPrimitive(RegistryConfiguration.get(), JwtMac.class);
    }

    @Override
    public Object prepare(Map<String, Object> claims) {
        var builder = RawJwt.newBuilder().withoutExpiration();
        for (var claim : claims.entrySet()) {
            if (claim.getValue() instanceof Number number) {
                builder.addNumberClaim(claim.getKey(), number.doubleValue());
            } else {
                builder.addStringClaim(claim.getKey(), claim.getValue().toString());
            }
        }
        return builder.build();
    }

    @Override
    public String sign(Object claims) throws GeneralSecurityException {
        return mac.computeMacAndEncode((RawJwt) claims);
    }

    @Override
    public Object verify(String token) throws GeneralSecurityException {
        return mac.verifyMacAndDecode(token, validator);
    }
}
