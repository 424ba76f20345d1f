package imageservice.local;

import imageservice.configuration.Dialect;
import imageservice.configuration.IdRule;
import imageservice.functions.FunctionsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `serve` was asked for.
///
/// @param port 0 for any that is free
/// @param externalUrl where it differs from the loopback address
record ServeOptions(
    int port, Path data, String source, Path grubKit, Optional<String> externalUrl, IdRule idRule) {
  FunctionsSettings functions(String url) {
    return new FunctionsSettings(
        url,
        FunctionsSettings.SERVER,
        idRule,
        Dialect.Y4C,
        List.of(),
        FunctionsSettings.DEFAULT_HOLD);
  }
}
