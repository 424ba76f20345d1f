package imageservice.infra.deploy;

import imageservice.infra.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a deleted stack leaves. What it had adopted is not among it: that was never its own.
///
/// @param table of configurations
/// @param bucket of assets
/// @param repository of the builder's images
record Leftovers(Optional<String> table, Optional<String> bucket, String repository) {
  static Leftovers of(Map<String, String> outputs, Settings settings) {
    Settings.Kept adopted = settings.kept();
    return new Leftovers(
        own(outputs, "ConfigurationsTableName", adopted.configurationsTable()),
        own(outputs, "AssetBucketName", adopted.assetBucket()),
        settings.code().repository());
  }

  private static Optional<String> own(
      Map<String, String> outputs, String name, Optional<String> adopted) {
    return Optional.ofNullable(outputs.get(name)).filter(value -> adopted.isEmpty());
  }

  /// What is kept, and how to have it again.
  List<String> kept() {
    Map<String, String> again = new TreeMap<>();
    table.ifPresent(name -> again.put("configurationsTable", name));
    bucket.ifPresent(name -> again.put("assetBucket", name));
    List<String> lines = new ArrayList<>();
    table.ifPresent(name -> lines.add("kept: the table of configurations, " + name));
    bucket.ifPresent(name -> lines.add("kept: the bucket of assets, " + name));
    lines.add("kept: the builder's images, in the ECR repository " + repository);
    if (!again.isEmpty()) {
      StringBuilder line = new StringBuilder("to go on with them later: ./deploy");
      again.forEach((name, value) -> line.append(" -c ").append(name).append('=').append(value));
      lines.add(line.toString());
    }
    return lines;
  }
}
