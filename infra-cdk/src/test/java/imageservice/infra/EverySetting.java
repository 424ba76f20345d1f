package imageservice.infra;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Every setting of the stack, each with a value that changes something.
final class EverySetting {
  static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("functionsCode", FunctionsCode.PLACEHOLDER),
          Map.entry("builderRepository", "builders"),
          Map.entry("builderImage", "sha256:" + "0".repeat(64)),
          Map.entry("builderBase", "registry.example/lambda/java@sha256:" + "1".repeat(64)),
          Map.entry("builderMemory", "3008"),
          Map.entry("externalUrl", "https://factory.example/"),
          Map.entry("pxeUrl", "http://pxe.example/"),
          Map.entry("domainName", "factory.example"),
          Map.entry("certificateArn", "arn:aws:acm:us-east-1:1:certificate/c"),
          Map.entry("frontCarriesLength", "true"),
          Map.entry("edgePublicKey", "MII" + "A".repeat(97)),
          Map.entry("edgeKeySecret", "image-service/edge"),
          Map.entry("sourcePrefix", "registry.example/talos/"),
          Map.entry("sourceHosts", "blobs.example *.cdn.example"),
          Map.entry("sourceCredentialsSecret", "image-service/registry"),
          Map.entry("sourcePolicy", "insecure"),
          Map.entry("insecureSources", "true"),
          Map.entry("catalogues", "ghcr.io/my-org/@insecure registry.example/team/"),
          Map.entry("trustedRootSecret", "image-service/trusted-root"),
          Map.entry("brokenVersions", "v1.9.0 v1.9.1"),
          Map.entry("runOverlayPrograms", "true"),
          Map.entry("proxySources", "true"),
          Map.entry("indexSeconds", "200"),
          Map.entry("configurationsTable", "old-configurations"),
          Map.entry("buildsTable", "old-builds"),
          Map.entry("assetBucket", "old-assets"),
          Map.entry("retainAssets", "false"),
          Map.entry("requestsPerSecond", "30"),
          Map.entry("configurationsPerSecond", "10"),
          Map.entry("assetsPerSecond", "20"),
          Map.entry("maxBuilders", "4"),
          Map.entry("maxWaiters", "40"),
          Map.entry("buildsPerDay", "150"),
          Map.entry("linkMinutes", "15"),
          Map.entry("idKeySecret", "arn:aws:secretsmanager:eu-central-1:1:secret:id-key-AbCdEf"),
          Map.entry("signingKey", "arn:aws:kms:eu-central-1:1:key/k"),
          Map.entry("signingPublicKey", "MII" + "B".repeat(97)),
          Map.entry("secureBootKey", "arn:aws:kms:eu-central-1:1:key/boot"),
          Map.entry("secureBootCertificate", "MII" + "C".repeat(97)),
          Map.entry("pcrKey", "arn:aws:kms:eu-central-1:1:key/pcr"),
          Map.entry("pcrPublicKey", "MII" + "D".repeat(97)),
          Map.entry("alarmEmail", "operator@factory.example"),
          Map.entry("monthlyBudgetUsd", "50"));

  private EverySetting() {}

  /// The names that the stack asks its context for.
  static Set<String> asked() {
    Set<String> names = new TreeSet<>();
    Settings.of(
        name -> {
          names.add(name);
          return Optional.ofNullable(VALUES.get(name));
        },
        Packaged.NOTHING);
    return names;
  }
}
