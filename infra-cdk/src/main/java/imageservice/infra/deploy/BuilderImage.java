package imageservice.infra.deploy;

import imageservice.infra.BuilderCode;
import imageservice.infra.Settings;
import imageservice.infra.image.Dockerfile;
import imageservice.infra.image.ImageContent;
import imageservice.infra.image.ImageName;
import imageservice.infra.image.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The builder's image in its repository. Its tag is the fingerprint of all that it is made of, so
/// that what was pushed before is found without being made.
record BuilderImage(Surroundings surroundings, EcrRepository repository, Registry registry) {
  private static final String AGAIN = "run ./deploy again, which goes on there";

  static BuilderImage of(Surroundings surroundings, AwsAccess access, Settings settings)
      throws DeployException {
    Optional<String> elsewhere = surroundings.variable("DEPLOY_REGISTRY");
    EcrRepository repository = new EcrRepository(access, settings.code().repository(), elsewhere);
    String authority = repository.image("any").authority();
    Path cache = surroundings.cache().resolve("jib");
    return new BuilderImage(
        surroundings,
        repository,
        new Registry(
            authority,
            elsewhere.isPresent() ? Optional.empty() : Optional.of(repository.login()),
            cache));
  }

  /// The base by digest: what its tag means now, where it is given by a tag.
  ImageName base(String given) throws DeployException {
    ImageName base = ImageName.parse(given);
    if (base.isPinned()) {
      return base;
    }
    try {
      return base.pinned(
          registry
              .digest(base)
              .orElseThrow(() ->
                  new DeployException(
                      "there is no image " + base + "; give another: -c builderBase=NAME:TAG")));
    } catch (IOException e) {
      throw DeployException.of("the base image " + base + " cannot be looked up", e, AGAIN);
    }
  }

  /// What came of it.
  ///
  /// @param digest of the image
  /// @param pushed now, or before
  record Pushed(String digest, boolean pushed) {}

  Pushed push(ImageName base, Path kit) throws DeployException, InterruptedException {
    try {
      ImageContent content = content(base, kit);
      ImageName name = repository.image("inputs-" + content.fingerprint());
      Optional<String> before = registry.digest(name);
      return before.isPresent()
          ? new Pushed(before.get(), false)
          : new Pushed(registry.push(content, name), true);
    } catch (IOException e) {
      throw DeployException.of("the builder's image was not pushed", e, AGAIN);
    }
  }

  private ImageContent content(ImageName base, Path kit) throws IOException {
    Path root = surroundings.repository();
    Path dockerfile = root.resolve("builder-container/Dockerfile");
    return ImageContent.of(
        Dockerfile.parse(Files.readString(dockerfile)),
        base.toString(),
        BuilderCode.in(root).isArm() ? "arm64" : "amd64",
        root,
        Map.of("grub-kit:/kit", kit));
  }
}
