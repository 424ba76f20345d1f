package imageservice.infra.deploy;

import imageservice.infra.preflight.Account;
import imageservice.infra.preflight.Choices;
import imageservice.infra.preflight.Finding;
import imageservice.infra.preflight.Machine;
import imageservice.infra.preflight.Preflight;
import java.util.List;
import java.util.stream.Collectors;

/// Says all that the preflight finds, and lets nobody past to whom something is missing.
record Gate(Report report) {
  void pass(Machine machine, Account account, Choices choices) throws DeployException {
    List<Finding> findings = new Preflight(Cdk.PACKAGE).findings(machine, account, choices);
    findings.stream()
        .filter(Finding.Note.class::isInstance)
        .forEach(note -> report.say("note: " + note.line()));
    String missing =
        findings.stream()
            .filter(Finding.Missing.class::isInstance)
            .map(Finding::line)
            .collect(Collectors.joining(System.lineSeparator() + report.command() + ": "));
    if (!missing.isEmpty()) {
      throw new DeployException(missing);
    }
  }
}
