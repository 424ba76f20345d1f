package imageservice.functions;

import imageservice.plan.BootKeys;
import imageservice.plan.SigningCertificate;
import imageservice.plan.SigningKey;
import java.util.Optional;

/// The public side of the keys with which the reference's assets for secure boot were recorded.
public final class RecordedKeys {
  public static final String CERTIFICATE =
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

  public static final String PCR_KEY =
      """
      -----BEGIN PUBLIC KEY-----
      MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA7I0bRIeVZLgbS8dCvQvA
      D6e66lZsNT0RlTLECP9CwN9t7rcgjsUQtuY7pkdfsjjr8hJIbofu+UlufJDyZUe5
      bp2SAXNVFffiN3Wi6lZ+w5XwlE6j0gubge0oL0/pDfn99Zyo7m+y84t+6YJDSdTK
      jF0+w07Mk0QJlbTRrUZum7qcSmjvK3U1Zn+JpTszf9BPinBxoh5w7LZxdd6CKdmS
      AmKi1IYGbi1rn235mq8QsYO1ugWH1PPQa5qi+ttWVNcBMhBt/6qlKkLf5ULeOJyO
      dLdeT7Myr2mV6xSiBGR0eHP43aanmv24fcT0rDpiSYcy7aE5Q1lxuW2YwuMyjmLw
      MQIDAQAB
      -----END PUBLIC KEY-----
      """;

  public static final BootKeys KEYS =
      new BootKeys(
          SigningCertificate.parse(CERTIFICATE), SigningKey.parse(PCR_KEY), Optional.empty());

  private RecordedKeys() {}
}
