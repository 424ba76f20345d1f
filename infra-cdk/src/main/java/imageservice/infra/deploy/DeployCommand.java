package imageservice.infra.deploy;

import imageservice.infra.BootKeys;
import imageservice.infra.BuilderCode;
import imageservice.infra.Settings;
import imageservice.infra.preflight.Account;
import imageservice.infra.preflight.Choices;
import imageservice.infra.preflight.Fact;
import imageservice.infra.preflight.Machine;
import imageservice.infra.preflight.Preflight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// From a checkout to a service on AWS. Running it again goes on where it ended.
@Command(
    name = "deploy",
    customSynopsis = "./deploy [OPTION]...",
    description = "Deploys the service on AWS, or brings it up to date, and prints its address.")
final class DeployCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--grub-kit",
      paramLabel = "DIR",
      description = "GRUB's boot code, where it was made elsewhere by grub-kit/make-grub-kit.")
  private @Nullable Path grubKit;

  @Option(
      names = "--no-package",
      description = "Deploys what ./mvnw package made before, without running it.")
  private boolean packaged;

  @Option(
      names = "--require-approval",
      paramLabel = "WHEN",
      description = "CDK's: never (default), any-change or broadening.")
  private String approval = "never";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws DeployException, InterruptedException {
    Surroundings surroundings = Surroundings.ofThisProcess();
    Report report = Report.of(spec);
    SettingsFile file = options.file(surroundings);
    GivenSettings given = GivenSettings.of(file, options.given);
    Kit kit = new Kit(surroundings, Optional.ofNullable(grubKit));
    boolean makesImage = given.value("builderImage").isEmpty();
    Choices choices = given.choices().and(unusable(surroundings.repository(), kit));
    Machine machine = new MachineReader(surroundings).read(makesImage && kit.mustBeMade());
    Account account = new AwsAccountReader(surroundings).read(asked(choices));
    new Gate(report).pass(machine, account, choices);
    file.write(given.values());
    String region = account.region().orElseThrow();
    new Release(
            surroundings,
            report,
            AwsAccess.to(surroundings, region),
            Programs.in(surroundings, region),
            file)
        .deploy(given, answers(account), choices.settings().orElseThrow(), kit, packaged, approval);
    return 0;
  }

  /// Keys of which KMS is asked for the public half: nobody gave it, or it has to be the
  /// certificate's.
  private static Map<String, String> asked(Choices choices) {
    Map<String, String> keys = new TreeMap<>();
    choices
        .settings()
        .flatMap(Settings::signing)
        .filter(signing -> signing.publicKey().isEmpty())
        .ifPresent(signing -> keys.put(Preflight.SIGNING, signing.key()));
    choices
        .settings()
        .flatMap(Settings::bootKeys)
        .ifPresent(boot -> {
          keys.put(Preflight.BOOT, boot.key());
          if (boot.pcrPublicKey().isEmpty()) {
            keys.put(Preflight.PCR, boot.pcrKey());
          }
        });
    return keys;
  }

  /// Settings that KMS was asked for.
  private static Map<String, String> answers(Account account) {
    Map<String, String> found = new TreeMap<>();
    Map<String, String> settings =
        Map.of(
            Preflight.SIGNING, Settings.Signing.PUBLIC_KEY,
            Preflight.PCR, BootKeys.PCR_PUBLIC_KEY);
    settings.forEach((key, setting) -> {
      if (account.publicKeys().get(key) instanceof Fact.Known<String>(String value)) {
        found.put(setting, value);
      }
    });
    return found;
  }

  private List<String> unusable(Path repository, Kit kit) {
    List<String> lines = new ArrayList<>();
    if (grubKit != null && !kit.isThere()) {
      lines.add(grubKit + " holds no kit.json: give --grub-kit another folder");
    }
    if (packaged
        && !(Files.exists(repository.resolve("functions/target/functions.zip"))
            && Files.exists(repository.resolve(BuilderCode.PROPERTIES)))) {
      lines.add("nothing is packaged yet: leave out --no-package");
    }
    return lines;
  }
}
