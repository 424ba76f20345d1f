package imageservice.builder.assemble;

import imageservice.builder.cache.Derived;
import imageservice.builder.sign.Signer;
import java.util.Optional;

/// What assemblers use besides plan and material. No byte of an asset depends on it: which key
/// signs is the plan's.
///
/// @param derived keeps content that follows from material alone and takes long to make
/// @param signer absent where the builder has no key
public record Tools(Derived derived, Optional<Signer> signer) {
  /// Without a key.
  public Tools(Derived derived) {
    this(derived, Optional.empty());
  }
}
