package imageservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A GRUB kit of random bytes, in the layout and the sizes of a real one.
final class SyntheticGrubKit {
  private static final Map<String, Integer> FILES =
      Map.of(
          "boot.img", 512,
          "boot_hybrid.img", 512,
          "bootaa64-disk.efi", 78_643,
          "bootaa64.efi", 85_196,
          "bootx64-disk.efi", 73_318,
          "bootx64.efi", 81_100,
          "core.img", 160_734,
          "eltorito.img", 158_030);

  private SyntheticGrubKit() {}

  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    StringBuilder listing = new StringBuilder();
    List<String> entries = new ArrayList<>();
    for (var file : new TreeMap<>(FILES).entrySet()) {
      byte[] content = new byte[file.getValue()];
      new Random(file.getKey().hashCode()).nextBytes(content);
      Files.write(folder.resolve(file.getKey()), content);
      String sha256 = Hash.sha256(content);
      listing.append("%s %d %s\n".formatted(sha256, content.length, file.getKey()));
      entries.add(
          "{\"name\":\"%s\",\"size\":%d,\"sha256\":\"%s\"}"
              .formatted(file.getKey(), content.length, sha256));
    }
    Files.writeString(
        folder.resolve("kit.json"),
        "{\"grub\":\"2.12-0\",\"marker\":\"/.disk/image-service.uuid\",\"digest\":\"%s\",\"files\":[%s]}"
            .formatted(Hash.sha256(listing.toString()), String.join(",", entries)));
    return folder;
  }
}
