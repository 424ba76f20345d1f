package imageservice.packaging;

/// A function whose start is measured.
///
/// @param name for people
/// @param handler its class
/// @param event its first
public record Subject(String name, String handler, World.Maker world, String event) {}
