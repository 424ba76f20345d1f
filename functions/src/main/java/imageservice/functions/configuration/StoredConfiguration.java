package imageservice.functions.configuration;

import imageservice.configuration.ConfigurationId;

/// A configuration as it is kept.
///
/// @param text the canonical text that the id is the hash of; served exactly so
public record StoredConfiguration(ConfigurationId id, String text) {}
