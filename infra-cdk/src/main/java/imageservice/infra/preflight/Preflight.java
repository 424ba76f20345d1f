package imageservice.infra.preflight;

import imageservice.infra.ImageServiceStack;
import imageservice.infra.Settings;
import imageservice.infra.preflight.Finding.Missing;
import imageservice.infra.preflight.Finding.Note;
import java.util.ArrayList;
import java.util.List;

/// Looks at everything that a deployment needs, and finds all that is missing at once.
///
/// @param cdk how CDK's command line is run
public record Preflight(String cdk) {
  /// Settings that name keys of KMS.
  public static final String SIGNING = "signingKey";

  public static final String BOOT = "secureBootKey";
  public static final String PCR = "pcrKey";

  public List<Finding> findings(Machine machine, Account account, Choices choices) {
    List<Finding> findings = new ArrayList<>();
    machine(machine, findings);
    account(account, findings);
    choices.refusals().forEach(line -> findings.add(new Missing(line)));
    if (account.isKnown()) {
      bootstrap(account, findings);
      concurrency(account.concurrency(), choices, findings);
      stack(account.stack(), choices, findings);
      new PublicKeys(account.publicKeys()).look(choices.settings(), findings);
    }
    return findings;
  }

  private static void machine(Machine machine, List<Finding> findings) {
    int node = machine.node().orElse(0);
    if (node < machine.leastNode()) {
      findings.add(
          new Missing(
              "Node %d or later is needed, and %s: install it (https://nodejs.org), npx with it"
                  .formatted(
                      machine.leastNode(), node == 0 ? "none is on the PATH" : "this is " + node)));
    } else if (machine.missing().contains("npx")) {
      findings.add(new Missing("npx, which comes with npm, is not on the PATH: install npm"));
    }
    if (machine.missing().contains("curl")) {
      findings.add(new Missing("curl, which asks the deployed service, is missing: install it"));
    }
    kit(machine, findings);
  }

  private static void kit(Machine machine, List<Finding> findings) {
    List<String> missing =
        machine.missing().stream().filter(Machine.KIT_PROGRAMS::contains).toList();
    if (machine.makesKit() && !missing.isEmpty()) {
      findings.add(
          new Missing(
              "GRUB's boot code is made of Debian's packages, and this machine has no %s: make it"
                      .formatted(String.join(", ", missing))
                  + " on Debian or Ubuntu with grub-kit/make-grub-kit --out DIR, and give"
                  + " --grub-kit DIR"));
    }
  }

  private static void account(Account account, List<Finding> findings) {
    if (account.region().isEmpty()) {
      findings.add(
          new Missing("no AWS region: set AWS_REGION, or run: aws configure set region REGION"));
    }
    switch (account.identity()) {
      case Fact.Known<String> _ -> {}
      case Fact.Absent<String> _ ->
          findings.add(
              new Missing(
                  "no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                      + " AWS_SECRET_ACCESS_KEY, or run: aws configure"));
      case Fact.Unreadable<String>(String why) ->
          findings.add(
              new Missing(
                  "AWS is not reached, or does not take the credentials; log in anew: " + why));
    }
  }

  private void bootstrap(Account account, List<Finding> findings) {
    String todo =
        "run: npx %s bootstrap aws://%s/%s"
            .formatted(
                cdk,
                ((Fact.Known<String>) account.identity()).value(),
                account.region().orElseThrow());
    switch (account.bootstrap()) {
      case Fact.Known<Integer>(Integer version) when version < ImageServiceStack.LEAST_BOOTSTRAP ->
          findings.add(
              new Missing(
                  "CDK's bootstrap stack is of version %d, and %d is needed; %s"
                      .formatted(version, ImageServiceStack.LEAST_BOOTSTRAP, todo)));
      case Fact.Known<Integer> _ -> {}
      case Fact.Absent<Integer> _ ->
          findings.add(new Missing("CDK is not prepared in this region; " + todo));
      case Fact.Unreadable<Integer>(String why) ->
          findings.add(
              new Missing(
                  "whether CDK is prepared cannot be read; allow ssm:GetParameter: " + why));
    }
  }

  private static void concurrency(
      Fact<Integer> concurrency, Choices choices, List<Finding> findings) {
    switch (concurrency) {
      case Fact.Known<Integer>(Integer all) -> concurrency(all, choices, findings);
      case Fact.Absent<Integer> _ -> {}
      case Fact.Unreadable<Integer>(String why) ->
          findings.add(
              new Note(
                  "the account's limits are unknown, as lambda:GetAccountSettings failed: " + why));
    }
  }

  private static void concurrency(int all, Choices choices, List<Finding> findings) {
    choices
        .settings()
        .map(Settings::limits)
        .filter(limits -> limits.atOnce() > all)
        .ifPresent(limits -> findings.add(new Missing(tooMany(limits, all))));
  }

  /// Requests that wait and builders could take all that an account runs: nobody else would be
  /// answered.
  private static String tooMany(Settings.Limits limits, int all) {
    return "this account runs %d functions at once, and maxBuilders %d with maxWaiters %d need %d;"
            .formatted(all, limits.builders(), limits.waiters(), limits.atOnce())
        + " add -c maxBuilders=%d -c maxWaiters=%d, or ask for more in Service Quotas (Lambda, L-B99A9384)"
            .formatted(Settings.Limits.buildersOf(all), Settings.Limits.waitersOf(all));
  }

  /// Standard settings in place of forgotten ones would take a service away from its tables.
  private static void stack(Fact<Boolean> stack, Choices choices, List<Finding> findings) {
    switch (stack) {
      case Fact.Known<Boolean> _ when !choices.remembered() ->
          findings.add(
              new Missing(
                  "the stack is there already, and its settings are not: bring the deploy.json of"
                      + " its last deployment here, or write one (docs/deploying.md)"));
      case Fact.Known<Boolean> _ -> {}
      case Fact.Absent<Boolean> _ -> {}
      case Fact.Unreadable<Boolean>(String why) ->
          findings.add(
              new Missing(
                  "whether the stack is there cannot be read; allow"
                      + " cloudformation:DescribeStacks: "
                      + why));
    }
  }
}
