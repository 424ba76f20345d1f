package imageservice.plan;

/// What an overlay's program puts on a disk.
///
/// @param diskSize bytes of the disk that the program sees
public record OverlayInstallation(Firmware.ByProgram firmware, long diskSize) {}
