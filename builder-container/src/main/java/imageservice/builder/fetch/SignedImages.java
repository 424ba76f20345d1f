package imageservice.builder.fetch;

import imageservice.builder.oci.ImageSource;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.trust.Outcome;
import imageservice.builder.trust.Policy;
import imageservice.builder.trust.SignatureCheck;
import imageservice.builder.trust.TrustedRoot;
import imageservice.text.Shown;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/// Admits images that have a signature which is good under a policy. Each form is looked for in
/// turn, and the first good signature is enough.
public final class SignedImages implements Verifier {
  /// Reasons that a refusal tells.
  private static final int TOLD = 4;

  private static final int SHOWN = 150;

  private final SignatureMaterial material;
  private final Policy policy;
  private final TrustedRoots roots;

  /// @param source of the images, which has their signatures too
  public SignedImages(ImageSource source, Policy policy, TrustedRoots roots) {
    this.material = new SignatureMaterial(source);
    this.policy = policy;
    this.roots = roots;
  }

  @Override
  public Verifier current() throws IOException {
    return new Current(material, policy, roots.current());
  }

  @Override
  public String policy() throws IOException {
    return current().policy();
  }

  @Override
  public Verdict verify(OciImage image) throws IOException {
    return current().verify(image);
  }

  /// The same with one trusted root.
  private record Current(SignatureMaterial material, Policy rules, TrustedRoot root)
      implements Verifier {
    @Override
    public String policy() {
      return switch (rules) {
        case Policy.ByKey byKey -> byKey.toString();
        case Policy.Keyless keyless -> keyless + " in " + root.digest();
      };
    }

    @Override
    public Verdict verify(OciImage image) throws IOException {
      SignatureCheck check = new SignatureCheck(rules, root);
      Set<String> reasons = new LinkedHashSet<>();
      for (SignatureMaterial.Form form : SignatureMaterial.Form.values()) {
        if (isGood(image, form, check, reasons)) {
          return new Verdict.Admitted();
        }
      }
      return new Verdict.Refused(reason(reasons), remedy());
    }

    private boolean isGood(
        OciImage image, SignatureMaterial.Form form, SignatureCheck check, Set<String> reasons)
        throws IOException {
      int before = reasons.size();
      for (SignatureMaterial.Found found : material.find(image, form)) {
        try {
          switch (check.check(image.digest(), found.read())) {
            case Outcome.Trusted ignored -> {
              return true;
            }
            case Outcome.Untrusted(String reason) -> reasons.add(form + ": " + reason);
          }
        } catch (SourceException e) {
          if (!SignatureMaterial.isLasting(e)) {
            throw e;
          }
          reasons.add(form + " cannot be read: " + Shown.of(e.toString(), SHOWN));
        }
      }
      if (reasons.size() == before) {
        reasons.add("no " + form);
      }
      return false;
    }

    private static String reason(Set<String> reasons) {
      String told = String.join("; ", reasons.stream().limit(TOLD).toList());
      return "it has no signature that is good: "
          + told
          + (reasons.size() > TOLD ? "; and %d more".formatted(reasons.size() - TOLD) : "");
    }

    private String remedy() {
      return "say whose signatures are good with %s (on AWS: sourcePolicy), or use unverified images with %s (on AWS: insecureSources)"
          .formatted(SourcePolicy.SWITCH, UnverifiedAdmitted.SWITCH);
    }
  }
}
