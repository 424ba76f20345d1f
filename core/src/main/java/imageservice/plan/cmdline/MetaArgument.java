package imageservice.plan.cmdline;

import imageservice.configuration.MetaValue;
import imageservice.formats.compress.Gzip;
import imageservice.release.Capability;
import imageservice.release.TalosVersion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// META values as a kernel argument, for assets without a META partition.
final class MetaArgument {
  /// The longest text that stays uncompressed, in UTF-8 bytes: a longer one would use too much of
  /// the {@link CommandLineLimit#BYTES} that kernels read, so it is compressed with gzip where the
  /// release can read that.
  private static final int PLAIN_BYTES = 256;

  private MetaArgument() {}

  static Optional<String> of(List<MetaValue> values, TalosVersion version) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    byte[] plain =
        values.stream()
            .map(value -> "0x%x=%s".formatted(value.key(), value.value()))
            .collect(Collectors.joining(";"))
            .getBytes(StandardCharsets.UTF_8);
    boolean compress = plain.length > PLAIN_BYTES && Capability.COMPRESSED_META.in(version);
    byte[] content = compress ? Gzip.member(plain) : plain;
    return Optional.of(
        "talos.environment=INSTALLER_META_BASE64=" + Base64.getEncoder().encodeToString(content));
  }
}
