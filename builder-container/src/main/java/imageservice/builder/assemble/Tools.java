package imageservice.builder.assemble;

import imageservice.builder.cache.Derived;

/// What assemblers use besides plan and material. No byte of an asset depends on it.
///
/// @param derived keeps content that follows from material alone and takes long to make
public record Tools(Derived derived) {}
