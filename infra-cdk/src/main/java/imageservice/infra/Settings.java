package imageservice.infra;

import java.util.Optional;
import java.util.function.Function;

/// What whoever deploys decides, each a context value of this name (`cdk deploy -c name=value`).
///
/// @param functionsCode the request side's code: a zip or a folder
/// @param builderRepository the ECR repository that has the builder's image
/// @param builderImage its digest (`sha256:…`) or tag; a digest deploys what was pushed, nothing
///   later
/// @param externalUrl the address people use, with a final slash; absent, it is the API's own
/// @param pxeUrl the address for machines that boot over the network, with a final slash; absent,
///   it is the other one
/// @param sourcePrefix where the release's container images come from
/// @param sourceHosts hosts that the registry may send the service to, separated by blanks
/// @param insecureSources whether images whose signatures nobody verifies may be used
/// @param brokenVersions versions that are withheld, separated by blanks
/// @param retainAssets whether the bucket outlives the stack
/// @param frontCarriesLength whether a CDN in front of the API passes `Content-Length` on in
///   answers to HEAD; API Gateway alone does not
public record Settings(
    String functionsCode,
    String builderRepository,
    String builderImage,
    Optional<String> externalUrl,
    Optional<String> pxeUrl,
    String sourcePrefix,
    String sourceHosts,
    boolean insecureSources,
    String brokenVersions,
    boolean retainAssets,
    boolean frontCarriesLength) {
  /// As `./mvnw -pl functions -am package` leaves it, seen from this module.
  static final String BUILT_FUNCTIONS = "../functions/target/functions.zip";

  /// In this module, so that stacks can be made where nothing was built.
  static final String PLACEHOLDER = "placeholder";

  static final Settings STANDARD =
      new Settings(
          PLACEHOLDER,
          "image-service-builder",
          "latest",
          Optional.empty(),
          Optional.empty(),
          "ghcr.io/siderolabs/",
          "",
          false,
          "",
          true,
          false);

  public Settings {
    externalUrl.ifPresent(url -> requireAddress("externalUrl", url));
    pxeUrl.ifPresent(url -> requireAddress("pxeUrl", url));
  }

  /// The standard ones, but for what the context has.
  static Settings of(Function<String, Optional<String>> context, String functionsCode) {
    return new Settings(
        context.apply("functionsCode").orElse(functionsCode),
        context.apply("builderRepository").orElse(STANDARD.builderRepository),
        context.apply("builderImage").orElse(STANDARD.builderImage),
        context.apply("externalUrl"),
        context.apply("pxeUrl"),
        context.apply("sourcePrefix").orElse(STANDARD.sourcePrefix),
        context.apply("sourceHosts").orElse(STANDARD.sourceHosts),
        flag(context, "insecureSources", STANDARD.insecureSources),
        context.apply("brokenVersions").orElse(STANDARD.brokenVersions),
        flag(context, "retainAssets", STANDARD.retainAssets),
        flag(context, "frontCarriesLength", STANDARD.frontCarriesLength));
  }

  boolean isPlaceholder() {
    return functionsCode.equals(PLACEHOLDER);
  }

  private static void requireAddress(String name, String url) {
    if (!url.matches("https?://[^\\s/]+(/\\S*)?/")) {
      throw new IllegalArgumentException(name + ", with a final slash: " + url);
    }
  }

  private static boolean flag(
      Function<String, Optional<String>> context, String name, boolean standard) {
    String text = context.apply(name).orElse(Boolean.toString(standard));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + ", true or false: " + text);
    };
  }
}
