package imageservice.builder.assemble;

import imageservice.builder.cache.Derived;
import imageservice.builder.sign.BootKeyring;
import imageservice.builder.sign.Signer;
import java.util.Optional;

/// What assemblers use besides plan and material. No byte of an asset depends on it: which key
/// signs is the plan's.
///
/// @param derived keeps content that follows from material alone and takes long to make
/// @param signer of images; absent where the builder has no key
/// @param bootKeys of assets for secure boot; absent where the builder has none
public record Tools(Derived derived, Optional<Signer> signer, Optional<BootKeyring> bootKeys) {
  /// Without keys.
  public Tools(Derived derived) {
    this(derived, Optional.empty());
  }

  /// Without keys for secure boot.
  public Tools(Derived derived, Optional<Signer> signer) {
    this(derived, signer, Optional.empty());
  }
}
