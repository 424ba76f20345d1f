package imageservice.builder.sign;

import imageservice.plan.SigningCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// Keys for secure boot that only tests have, always the same: the certificate's key in the form of
/// PKCS #1, the other in that of PKCS #8. By `openssl req -x509 -newkey rsa:2048 -nodes -days
/// 36500` and `openssl genpkey -algorithm RSA`.
public final class BootTestKeys {
  public static final String CERTIFICATE = text("uki-signing-cert.pem");
  public static final String KEY = text("uki-signing-key.pem");
  public static final String PCR_KEY = text("pcr-signing-key.pem");

  public static final BootKeyring RING =
      new BootKeyring(
          SigningCertificate.parse(CERTIFICATE),
          PemSigner.forBoot(KEY),
          PemSigner.forBoot(PCR_KEY),
          Optional.empty());

  /// The certificate with which the reference's assets were recorded, as `signing-cert.pem`.
  public static final String RECORDED =
      """
      -----BEGIN CERTIFICATE-----
      MIIDFzCCAf+gAwIBAgIUTmSRicNqLyHbi8zVmIbKav75HYcwDQYJKoZIhvcNAQEL
      BQAwGzEZMBcGA1UEAwwQTWluaSBTaWduaW5nIEtleTAeFw0yNjExMjQwOTE5NTNa
      Fw0zNjExMjEwOTE5NTNaMBsxGTAXBgNVBAMMEE1pbmkgU2lnbmluZyBLZXkwggEi
      MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCdUdIeS+ZkABgs1ACpc7m8sFDY
      SYNZyk04OXqaVFB8dLXMHdJbx9Kge+vLlEm/N4T0zoRdjAgC2E8r9wHqoG+HQQuX
      gsHBxjcEZqUiS2vrVA6wLbeeQs2HXYMGuigycyccvesD2AgIy3pVOilpOAtB4N62
      qhUMaXbZPFin+mU2zT4gd8DE2h0tueBCheJB3lNRHfFzgN/csk0Q3f8X8io+M2xD
      rlrwsdWMfD3KphMX2QHWiAqFgQrt2mkR0LEnOf9Z4wke8JHirP1x5ZJzirev85u+
      FB6agSZp8HzSQdy5zMLlo+S8aTKNMheOmxUCpXckbycav50qJAAR3CijdTTbAgMB
      AAGjUzBRMB0GA1UdDgQWBBRsfhLetfPK9ToobkmnJe05ZRRDVzAfBgNVHSMEGDAW
      gBRsfhLetfPK9ToobkmnJe05ZRRDVzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3
      DQEBCwUAA4IBAQCNu9npGzWfPMVimBweNVWkqtcSVmJFZpbjbNkYyxbaVVrUTIoN
      rZufs+1J3yeFRme2p03t5AsU13rAOcKfIzVK1s8N9XkYamQ3RB43Gcn+ZUP3fvWb
      gTa2pXNZDQ0hRZOpbfFoFqc8Vv0I/5Xj6JamOFmQCxbnXWkx9g5SmdkYIYs7RNZt
      V4zF42X2ZsfsCtliaIaY4uTVn/1eVRPwmC+Z4RscfjIFpADHcjKPBGhLhSFte/rg
      ZT9U5UGmI7WOLFRlVlSHqYLihMHCshXEhjLxOmDSLInjFP6jYZepfqQz/gVNPySG
      TkvlOzwN2BTOpCzJ06KqrPrzTRUeKh6T39GN
      -----END CERTIFICATE-----
      """;

  private BootTestKeys() {}

  private static String text(String name) {
    try (InputStream in = BootTestKeys.class.getResourceAsStream("boot/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
