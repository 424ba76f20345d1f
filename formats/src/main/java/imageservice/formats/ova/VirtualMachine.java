package imageservice.formats.ova;

/// A virtual machine that VMware's products make of an archive: one disk at a paravirtual SCSI
/// controller, one network card.
///
/// @param name of the system
/// @param property a text that whoever imports it may give
/// @param nvram file name of the machine's firmware variables
/// @param hardware version of the virtual hardware, such as `vmx-15`
/// @param processors how many
/// @param memory MiB
public record VirtualMachine(
    String name, Property property, String nvram, String hardware, int processors, int memory) {
  /// A text that the machine is told by VMware's guest information.
  ///
  /// @param key of letters, digits, dots and dashes
  /// @param label for people
  public record Property(String key, String label, String description) {}
}
