package imageservice.formats.xfs;

/// A block of an allocation group.
///
/// @param block number within the group
record BlockAddress(int group, long block) {}
