package imageservice.builder.assemble;

import imageservice.builder.sign.BootKeyring;
import imageservice.formats.blob.Blob;
import imageservice.formats.pe.Authenticode;
import imageservice.plan.SecureBoot;
import imageservice.plan.UkiContent;
import java.io.IOException;
import java.util.Optional;

/// Signs what firmware starts by the keys of a plan, and leaves it as it is where the plan has
/// none.
record BootSigning(Optional<BootKeyring> keys) {
  /// Refuses a builder that has other keys.
  static BootSigning of(UkiContent content, Tools tools) throws IOException {
    Optional<SecureBoot> planned = content.secureBoot();
    return new BootSigning(
        planned.isPresent() ? Optional.of(keys(planned.get(), tools)) : Optional.empty());
  }

  private static BootKeyring keys(SecureBoot planned, Tools tools) throws IOException {
    BootKeyring keys = tools.bootKeys().orElseThrow(() -> BootKeyring.noKeys(planned));
    keys.require(planned);
    return keys;
  }

  /// The executable with its signature; reads it once.
  Blob sign(Blob executable) throws IOException {
    if (keys.isEmpty()) {
      return executable;
    }
    Authenticode image = Authenticode.of(executable);
    return image.with(keys.get().signImage(image.hash()));
  }
}
