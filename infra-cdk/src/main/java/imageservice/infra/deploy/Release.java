package imageservice.infra.deploy;

import imageservice.infra.Settings;
import imageservice.infra.image.ImageName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps of a deployment, each of which finds what it did before.
record Release(
    Surroundings surroundings,
    Report report,
    AwsAccess access,
    Programs programs,
    SettingsFile file) {
  /// Maven's own libraries are warned of otherwise.
  private static final String QUIET = " --sun-misc-unsafe-memory-access=allow";

  private static final String BASE = "builderBase";
  private static final String IMAGE = "builderImage";

  /// @param answers settings that KMS was asked for: not remembered, since a key may be another
  ///   next time
  /// @param packaged whether all is packaged already
  /// @param approval when CDK asks
  void deploy(
      GivenSettings given,
      Map<String, String> answers,
      Settings settings,
      Kit kit,
      boolean packaged,
      String approval)
      throws DeployException, InterruptedException {
    if (!packaged) {
      pack();
    }
    GivenSettings made = given.value(IMAGE).isPresent() ? given : withImage(given, settings, kit);
    GivenSettings whole = made;
    for (Map.Entry<String, String> answer : answers.entrySet()) {
      whole = whole.with(answer.getKey(), answer.getValue());
    }
    report.say("deploying the stack to " + access.region() + " with CDK; minutes the first time");
    Path folder = surroundings.repository().resolve("infra-cdk");
    Map<String, String> outputs = new Cdk(programs, folder).deploy(whole.values(), approval);
    report.say("having the list of releases read");
    new LambdaIndex(access, output(outputs, "IndexFunctionName")).read();
    report.say("the list of releases is read");
    smoke(outputs);
    report.say("ready: " + output(outputs, "Url"));
  }

  private void pack() throws DeployException, InterruptedException {
    report.say("packaging the functions and the builder");
    Path root = surroundings.repository();
    String options = surroundings.variable("MAVEN_OPTS").orElse("") + QUIET;
    int status =
        programs
            .with("MAVEN_OPTS", options)
            .run(
                root,
                List.of(
                    root.resolve("mvnw").toString(),
                    "-q",
                    "-B",
                    "-pl",
                    "functions,builder-container",
                    "-am",
                    "-DskipTests",
                    "-Dspotless.check.skip=true",
                    "package"));
    if (status != 0) {
      throw new DeployException("packaging failed, see above; run ./deploy again after that");
    }
    packWithRuntime(root);
  }

  /// A start-up cache fits the system and the processor that made it.
  private void packWithRuntime(Path root) throws DeployException, InterruptedException {
    if (!surroundings.isLinux()) {
      report.say("the functions run on Lambda's own Java, as this is not Linux");
    } else if (programs.run(root, List.of(root.resolve("functions/package").toString())) != 0) {
      throw new DeployException(
          "the functions got no runtime of their own, see above; run ./deploy again when that is"
              + " mended");
    }
    if (programs.run(root, List.of(root.resolve("builder-container/package").toString())) != 0) {
      throw new DeployException(
          "the builder was not packed, see above; run ./deploy again when that is mended");
    }
  }

  /// With the builder's image, pushed, by its digest. The image's base is remembered by digest, so
  /// that an image changes only with the checkout or when another base is asked for.
  private GivenSettings withImage(GivenSettings given, Settings settings, Kit kit)
      throws DeployException, InterruptedException {
    if (kit.mustBeMade()) {
      report.say("making GRUB's boot code out of Debian's packages");
    }
    Path folder = kit.make(programs);
    BuilderImage image = BuilderImage.of(surroundings, access, settings);
    ImageName base = image.base(settings.code().base());
    GivenSettings pinned = given.with(BASE, base.toString());
    file.write(pinned.values());
    report.say("making the builder's image on " + base);
    BuilderImage.Pushed pushed = image.push(base, folder);
    report.say(
        (pushed.pushed() ? "pushed the image " : "the image was pushed before: ")
            + pushed.digest());
    return pinned.with(IMAGE, pushed.digest());
  }

  /// By the API's own address: a domain may not lead there yet.
  private void smoke(Map<String, String> outputs) throws DeployException, InterruptedException {
    String url = output(outputs, "ApiUrl");
    report.say("asking the service what its clients will ask");
    Path script = surroundings.repository().resolve("scripts/smoke");
    if (programs.run(surroundings.repository(), List.of(script.toString(), url)) != 0) {
      throw new DeployException(
          "the service is deployed at %s and fails a check, see above; scripts/smoke %s asks again"
              .formatted(url, url));
    }
    Optional.ofNullable(outputs.get("DomainTarget"))
        .ifPresent(target -> report.say("make a CNAME from the domain to " + target));
  }

  private static String output(Map<String, String> outputs, String name) throws DeployException {
    String value = outputs.get(name);
    if (value == null) {
      throw new DeployException("the stack has no output " + name + "; run ./deploy again");
    }
    return value;
  }
}
