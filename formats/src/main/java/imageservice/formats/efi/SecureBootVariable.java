package imageservice.formats.efi;

import imageservice.formats.struct.Guid;

/// The variables that say whose signatures count: UEFI 2.10, 3.3 and 32.6.1.
public enum SecureBootVariable {
  /// The platform's key, which signs changes of KEK.
  PK("PK", "8be4df61-93ca-11d2-aa0d-00e098032b8c"),
  /// Keys that sign changes of db.
  KEK("KEK", "8be4df61-93ca-11d2-aa0d-00e098032b8c"),
  /// Keys that sign what the firmware starts.
  DB("db", "d719b2cb-3d3a-4596-a3bc-dad00e67656f");

  private final String label;
  private final String vendor;

  SecureBootVariable(String label, String vendor) {
    this.label = label;
    this.vendor = vendor;
  }

  Guid vendor() {
    return Guid.parse(vendor);
  }

  /// The variable's name.
  @Override
  public String toString() {
    return label;
  }
}
