package imageservice.infra;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;

/// The environment that functions read: `AwsWiring` and `BuilderAwsWiring` say what each means. A
/// setting that is not given leaves its variable out.
final class Variables {
  private Variables() {}

  static Map<String, String> ofRequests(
      Settings settings,
      String externalUrl,
      Optional<Edge> edge,
      Storage storage,
      BuilderFunctions builder) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("STACK_NAME", Stack.of(storage).getStackName());
    variables.put("EXTERNAL_URL", externalUrl);
    variables.put("CONFIGURATIONS_TABLE", storage.configurations().getTableName());
    variables.put("BUILDS_TABLE", storage.builds().getTableName());
    variables.put("ASSET_BUCKET", storage.assets().getBucketName());
    variables.put("BUILDER_FUNCTION", builder.build().getFunctionName());
    variables.put("INDEX_FUNCTION", builder.index().getFunctionName());
    settings
        .addresses()
        .pxe()
        .or(() -> edge.map(Edge::plainUrl))
        .ifPresent(url -> variables.put("PXE_URL", url));
    edge.ifPresent(own -> variables.putAll(own.variables()));
    if (settings.addresses().frontCarriesLength()) {
      variables.put("FRONT_CARRIES_LENGTH", "true");
    }
    settings
        .idKeySecret()
        .ifPresent(secret -> variables.put("ID_KEY_HEX", secret.arn(Stack.of(builder))));
    settings
        .signing()
        .ifPresent(signing -> variables.put("SIGNING_PUBLIC_KEY", signing.requiredPublicKey()));
    settings
        .bootKeys()
        .ifPresent(keys -> {
          variables.put("SECURE_BOOT_CERTIFICATE", keys.certificate());
          variables.put("PCR_PUBLIC_KEY", keys.requiredPcrPublicKey());
        });
    if (settings.source().proxied()) {
      variables.put("PROXY_SOURCES", "true");
    }
    variables.put("MOST_BUILDERS", Integer.toString(settings.limits().builders()));
    variables.put("MOST_WAITERS", Integer.toString(settings.limits().waiters()));
    variables.put("BUILDS_PER_DAY", Integer.toString(settings.limits().builds()));
    settings
        .limits()
        .linkMinutes()
        .ifPresent(minutes -> variables.put("LINK_MINUTES", Integer.toString(minutes)));
    putShared(variables, settings.source());
    return variables;
  }

  static Map<String, String> ofBuilds(Settings settings, Storage storage) {
    Settings.Source source = settings.source();
    Map<String, String> variables = new TreeMap<>();
    settings.signing().ifPresent(signing -> variables.put("SIGNING_KEY", signing.key()));
    settings
        .bootKeys()
        .ifPresent(keys -> {
          variables.put("SECURE_BOOT_CERTIFICATE", keys.certificate());
          variables.put("SECURE_BOOT_KEY", keys.key());
          variables.put("PCR_KEY", keys.pcrKey());
        });
    variables.put("STACK_NAME", Stack.of(storage).getStackName());
    variables.put("ASSET_BUCKET", storage.assets().getBucketName());
    variables.put("BUILDS_TABLE", storage.builds().getTableName());
    variables.put("CACHE_FOLDER", "/tmp/blobs");
    variables.put("GRUB_KIT", "/opt/grub-kit");
    variables.put("SOURCE_POLICY", source.policy());
    source.catalogues().ifPresent(all -> variables.put("CATALOGUES", all));
    source
        .trustedRoot()
        .ifPresent(secret -> variables.put("TRUSTED_ROOT", secret.arn(Stack.of(storage))));
    variables.put("SOURCE_PREFIX", source.prefix());
    source.hosts().ifPresent(hosts -> variables.put("SOURCE_HOSTS", hosts));
    source
        .credentials()
        .ifPresent(secret -> variables.put("SOURCE_CREDENTIALS", secret.arn(Stack.of(storage))));
    source
        .indexSeconds()
        .ifPresent(seconds -> variables.put("INDEX_SECONDS", Integer.toString(seconds)));
    putShared(variables, source);
    return variables;
  }

  /// What planners and builders must agree about.
  private static void putShared(Map<String, String> variables, Settings.Source source) {
    source.broken().ifPresent(versions -> variables.put("BROKEN_VERSIONS", versions));
    if (source.runsOverlayPrograms()) {
      variables.put("RUN_OVERLAY_PROGRAMS", "true");
    }
  }
}
