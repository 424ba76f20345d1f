package imageservice.asset;

/// The media type of a file, by the last suffix of its name.
public final class MediaTypes {
  private static final String OTHER = "application/octet-stream";

  private MediaTypes() {}

  public static String of(String fileName) {
    return switch (fileName.substring(fileName.lastIndexOf('.') + 1)) {
      case "efi" -> "application/efi";
      case "iso" -> "application/x-iso9660-image";
      case "xz" -> "application/x-xz";
      case "gz" -> "application/gzip";
      case "qcow2" -> "application/x-qemu-disk";
      case "zst" -> "application/zstd";
      case "json" -> "application/json";
      case "tar" -> "application/x-tar";
      default -> OTHER;
    };
  }
}
