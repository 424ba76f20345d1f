package imageservice.configuration;

/// A configuration and what it is called.
///
/// @param text the canonical text that the id is the hash of; it may be in an older dialect than
///   ours
public record NamedConfiguration(ConfigurationId id, String text, Configuration configuration) {}
