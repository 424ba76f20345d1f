package imageservice.builder.assemble;

import imageservice.builder.cache.Derived;

/// What assemblers work with besides the plan's material. It changes no byte of an asset.
///
/// @param derived content that follows from material alone and takes long to make, kept
public record Tools(Derived derived) {}
