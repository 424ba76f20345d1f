package imageservice.local;

import imageservice.builder.sign.PemSigner;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.FunctionsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The options of `serve`.
///
/// @param port 0 for any that is free
/// @param overlayPrograms whether programs of overlays may run
/// @param signer signs installer images; absent where none are signed
/// @param proxiesSources whether the registry passes images of the source on
record ServeOptions(
    int port,
    Path data,
    VerifiedSource source,
    Path grubKit,
    boolean overlayPrograms,
    Addresses addresses,
    IdRule idRule,
    Optional<PemSigner> signer,
    boolean proxiesSources) {
  /// The folder of objects removes none by age.
  private static final Duration FOREVER = Duration.ofDays(36_500);

  /// The settings of the request side.
  ///
  /// @param loopback the service's address on this machine, for clients where the options name no
  ///   other
  FunctionsSettings functions(String loopback) {
    String external = addresses.external().orElse(loopback);
    return new FunctionsSettings(
        external,
        addresses.pxe().orElse(external),
        false,
        overlayPrograms,
        FunctionsSettings.SERVER,
        () -> idRule,
        Dialect.Y4C,
        List.of(),
        FunctionsSettings.DEFAULT_HOLD,
        Optional.empty(),
        FOREVER,
        true,
        proxiesSources,
        signer.map(PemSigner::key));
  }
}
