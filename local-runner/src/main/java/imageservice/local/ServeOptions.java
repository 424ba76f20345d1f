package imageservice.local;

import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.PemSigner;
import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.FunctionsSettings;
import imageservice.plan.BootKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The options of `serve`.
///
/// @param tls certificate and key; absent for plain HTTP
/// @param direct whether every client gets bytes rather than redirects to them
/// @param store bucket and tables that other instances share; absent where all is in the folder
/// @param overlayPrograms whether programs of overlays may run
/// @param signer signs installer images; absent where none are signed
/// @param bootKeys sign assets for secure boot; absent where there are none
/// @param proxiesSources whether the registry passes images of the source on
record ServeOptions(
    ListenAddress listen,
    Optional<TlsFiles> tls,
    boolean direct,
    Path data,
    Optional<SharedStore> store,
    VerifiedSource source,
    Path grubKit,
    boolean overlayPrograms,
    Addresses addresses,
    IdRule idRule,
    Optional<PemSigner> signer,
    Optional<BootKeyring> bootKeys,
    boolean proxiesSources) {
  /// The settings of the request side.
  ///
  /// @param own the address that the service listens on, for clients where the options name no
  ///   other
  /// @param trusted how long the record of a build is good
  FunctionsSettings functions(String own, Duration trusted) {
    String external = addresses.external().orElse(own);
    return new FunctionsSettings(
        external,
        addresses.pxe().orElse(external),
        bootKeys.map(ServeOptions::publicSide),
        overlayPrograms,
        FunctionsSettings.SERVER,
        () -> idRule,
        Dialect.Y4C,
        List.of(),
        FunctionsSettings.DEFAULT_HOLD,
        Optional.empty(),
        trusted,
        true,
        proxiesSources,
        signer.map(PemSigner::key));
  }

  /// Keys out of files tell their public halves without reading anything.
  static BootKeys publicSide(BootKeyring keys) {
    try {
      return keys.keys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
