package imageservice.infra.deploy;

import imageservice.infra.ImageServiceStack;
import imageservice.infra.preflight.Account;
import imageservice.infra.preflight.Choices;
import java.io.Console;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Deletes the stack, and its data only where that is said twice.
@Command(
    name = "destroy",
    customSynopsis = "./destroy [OPTION]...",
    description =
        "Deletes the service. Configurations, assets and the builder's images stay, unless"
            + " --with-data.")
final class DestroyCommand implements Callable<Integer> {
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--with-data",
      description =
          "Deletes the stack's own table of configurations, bucket of assets and repository of"
              + " images as well. They cannot be had back.")
  private boolean withData;

  @Option(names = "--yes", description = "Deletes data without asking.")
  private boolean yes;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws DeployException, InterruptedException {
    Surroundings surroundings = Surroundings.ofThisProcess();
    Report report = Report.of(spec);
    GivenSettings given = GivenSettings.of(options.file(surroundings), options.given);
    Choices choices = given.choices();
    Account account = new AwsAccountReader(surroundings).read(Map.of());
    new Gate(report).pass(new MachineReader(surroundings).read(false), account, choices);
    AwsAccess access = AwsAccess.to(surroundings, account.region().orElseThrow());
    Optional<Map<String, String>> outputs = new CloudFormationOutputs(access).read();
    if (outputs.isEmpty()) {
      report.say(
          "there is no stack %s in %s; what an earlier one kept stays"
              .formatted(ImageServiceStack.NAME, access.region()));
      return 0;
    }
    confirm(account);
    destroy(access, report, given);
    leave(access, report, Leftovers.of(outputs.get(), choices.settings().orElseThrow()));
    return 0;
  }

  private void destroy(AwsAccess access, Report report, GivenSettings given)
      throws DeployException, InterruptedException {
    report.say("deleting the stack " + ImageServiceStack.NAME + " in " + access.region());
    Surroundings surroundings = access.surroundings();
    new Cdk(
            Programs.in(surroundings, access.region().id()),
            surroundings.repository().resolve("infra-cdk"))
        .destroy(given.values());
  }

  private void leave(AwsAccess access, Report report, Leftovers leftovers) throws DeployException {
    if (withData) {
      new AwsData(access, report).delete(leftovers);
    } else {
      leftovers.kept().forEach(report::say);
    }
  }

  private void confirm(Account account) throws DeployException {
    if (!withData || yes) {
      return;
    }
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new DeployException("nobody can be asked here whether to delete data: add --yes"));
    String typed =
        console.readLine(
            "All configurations, assets and images in %s are deleted for good. Type %s: ",
            account.region().orElseThrow(), ImageServiceStack.NAME);
    if (typed == null || !typed.strip().equals(ImageServiceStack.NAME)) {
      throw new DeployException("nothing was deleted");
    }
  }
}
