package imageservice.builder.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import imageservice.asset.AttachmentTag;
import imageservice.builder.oci.OciImage;
import imageservice.builder.oci.SourceException;
import imageservice.builder.trust.Material;
import imageservice.builder.trust.Policy;
import imageservice.builder.trust.SignatureArtifacts;
import imageservice.builder.trust.SignatureCase;
import imageservice.builder.trust.SignatureCases;
import imageservice.builder.trust.SigstoreWorld;
import imageservice.ledger.Admissions;
import imageservice.ledger.MemoryItemTable;
import imageservice.release.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignedImagesTest {
  private static final SigstoreWorld WORLD = new SigstoreWorld();
  private static final Policy KEYLESS = Policy.keyless("https://issuer.example,@example\\.org$");
  private static final Policy KEY = Policy.byKey(WORLD.ownKeyPem());

  @TempDir private Path folder = Path.of("unset");

  private static SignatureCase named(String name) {
    return SignatureCases.of(WORLD).stream()
        .filter(found -> found.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static OciImage image(SignatureCase signed) {
    return OciImage.of("imager", signed.digest());
  }

  private static SignedImages verifier(SignedSource source, Policy policy) {
    return new SignedImages(source, policy, TrustedRoots.of(WORLD.trustedRoot()));
  }

  private static SignedSource source(SignatureCase signed) {
    return SignedSource.of(signed.digest(), signed.materials());
  }

  @Test
  void admitsASignatureOfEachForm() throws IOException {
    for (String name : List.of("bundle: good", "older: good", "stamped: good")) {
      SignatureCase signed = named(name);
      assertThat(verifier(source(signed), KEYLESS).verify(image(signed)))
          .as(name)
          .isEqualTo(new Verdict.Admitted());
    }
    for (String name : List.of("bundle by key: good", "older by key: good")) {
      SignatureCase signed = named(name);
      assertThat(verifier(source(signed), KEY).verify(image(signed)))
          .as(name)
          .isEqualTo(new Verdict.Admitted());
    }
  }

  @Test
  void admitsABundleThatTheSourceLists() throws IOException {
    SignatureCase signed = named("bundle: good");
    SignedSource source =
        new SignedSource()
            .list(SignatureArtifacts.bundle(signed.digest(), signed.materials().getFirst()));
    assertThat(verifier(source, KEYLESS).verify(image(signed))).isEqualTo(new Verdict.Admitted());
    assertThat(source.asked()).hasSize(3).noneMatch(asked -> asked.startsWith("tag"));
  }

  @Test
  void aBadSignatureHidesNoGoodOneOfAnotherForm() throws IOException {
    SignatureCase good = named("older: good");
    Material bad = named("bundle: replayed").materials().getFirst();
    SignedSource source = source(good).list(SignatureArtifacts.bundle(good.digest(), bad));
    assertThat(verifier(source, KEYLESS).verify(image(good))).isEqualTo(new Verdict.Admitted());
  }

  @Test
  void refusesWhatIsNotSignedAndSaysWhatToDo() throws IOException {
    SignatureCase unsigned = named("bundle: good");
    SignedSource source = new SignedSource();
    assertThat(verifier(source, KEYLESS).verify(image(unsigned)))
        .isEqualTo(
            new Verdict.Refused(
                "it has no signature that is good: no bundle among what refers to it; no bundle by"
                    + " its tag; no signature by its tag",
                "say whose signatures are good with --source-policy (on AWS: sourcePolicy), or use"
                    + " unverified images with --insecure-sources (on AWS: insecureSources)"));
    String hex = unsigned.digest().hex();
    assertThat(source.asked())
        .containsExactly(
            "referrers " + unsigned.digest(), "tag sha256-" + hex, "tag sha256-" + hex + ".sig");
  }

  @Test
  void saysWhatIsWrongWithEachSignature() throws IOException {
    SignatureCase replayed = named("bundle: replayed");
    SignatureCase older = named("older: replayed");
    SignedSource source =
        source(replayed)
            .tag(
                replayed.digest(),
                AttachmentTag.Kind.SIGNATURE,
                SignatureArtifacts.payloads(older.materials()));
    assertThat(verifier(source, KEYLESS).verify(image(replayed)))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "it has no signature that is good: no bundle among what refers to it;"
                            + " bundle by its tag: the statement is about another image; signature"
                            + " by its tag: the payload is about another image"));
  }

  @Test
  void whatIsBrokenIsNoSignature() throws IOException {
    SignatureCase good = named("bundle: good");
    SignatureArtifacts whole =
        SignatureArtifacts.bundle(good.digest(), good.materials().getFirst());
    SignatureArtifacts torn = new SignatureArtifacts(whole.text(), List.of(), false);
    SignatureArtifacts none = new SignatureArtifacts("{}", List.of(), false);
    SignedSource source = new SignedSource().list(torn).list(none);
    assertThat(verifier(source, KEYLESS).verify(image(good)))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("bundle among what refers to it cannot be read"));
    assertThat(verifier(source.list(whole), KEYLESS).verify(image(good)))
        .isEqualTo(new Verdict.Admitted());
  }

  @Test
  void asManyReferrersAsMayBeAreReadAndBundlesFirst() throws IOException {
    SignatureCase good = named("bundle: good");
    SignedSource source = new SignedSource();
    SignatureArtifacts bad =
        SignatureArtifacts.bundle(good.digest(), named("bundle: replayed").materials().getFirst());
    Collections.nCopies(60, bad).forEach(source::list);
    assertThat(verifier(source, KEYLESS).verify(image(good))).isInstanceOf(Verdict.Refused.class);
    assertThat(source.asked().stream().filter(asked -> asked.startsWith("blob"))).hasSize(50);
  }

  @Test
  void aSourceThatDoesNotAnswerIsNoVerdict() throws IOException {
    SignatureCase good = named("bundle: good");
    SignedSource source = source(good);
    Verdicts verdicts = new Verdicts();
    for (IOException cause :
        List.of(
            new SourceException.Unavailable("imager", "no answer", null, null),
            new IOException("cut"))) {
      source.fail(cause);
      assertThatThrownBy(() -> verdicts.of(image(good), verifier(source, KEYLESS))).isSameAs(cause);
    }
    source.work();
    assertThat(verdicts.of(image(good), verifier(source, KEYLESS)))
        .isEqualTo(new Verdict.Admitted());
  }

  @Test
  void anAdmissionIsRememberedForOneImageUnderOnePolicy() throws IOException {
    SignatureCase good = named("bundle: good");
    Admissions admissions = new Admissions(new MemoryItemTable());
    SourcePolicy policy = new SourcePolicy.Signed(KEYLESS);
    TrustedRoots roots = TrustedRoots.of(WORLD.trustedRoot());
    SignedSource source = source(good);
    assertThat(policy.verifier(source, roots, admissions).verify(image(good)))
        .isEqualTo(new Verdict.Admitted());
    SignedSource gone = new SignedSource();
    Verifier fresh = policy.verifier(gone, roots, admissions);
    assertThat(fresh.verify(image(good))).isEqualTo(new Verdict.Admitted());
    assertThat(gone.asked()).isEmpty();
    List<Verdict> others = new ArrayList<>();
    others.add(fresh.verify(OciImage.of("imager", Digest.of(new byte[] {3}))));
    others.add(new SourcePolicy.Signed(KEY).verifier(gone, roots, admissions).verify(image(good)));
    others.add(policy.verifier(gone, TrustedRoots.shipped(), admissions).verify(image(good)));
    assertThat(others).allMatch(Verdict.Refused.class::isInstance);
  }

  @Test
  void aRefusalIsNotRemembered() throws IOException {
    SignatureCase good = named("bundle: good");
    Admissions admissions = new Admissions(new MemoryItemTable());
    SourcePolicy policy = new SourcePolicy.Signed(KEYLESS);
    TrustedRoots roots = TrustedRoots.of(WORLD.trustedRoot());
    assertThat(policy.verifier(new SignedSource(), roots, admissions).verify(image(good)))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(policy.verifier(source(good), roots, admissions).verify(image(good)))
        .isEqualTo(new Verdict.Admitted());
  }

  @Test
  void aTrustedRootIsReadAgainWhereItsFileChanges() throws IOException {
    SignatureCase good = named("bundle: good");
    Path file = Files.write(folder.resolve("root.json"), new SigstoreWorld().trustedRoot());
    SignedImages verifier = new SignedImages(source(good), KEYLESS, TrustedRoots.of(file));
    Verdicts verdicts = new Verdicts();
    assertThat(verdicts.of(image(good), verifier)).isInstanceOf(Verdict.Refused.class);
    Files.write(file, WORLD.trustedRoot());
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertThat(verdicts.of(image(good), verifier)).isEqualTo(new Verdict.Admitted());
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> verdicts.of(image(good), verifier))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the file of --trusted-root is not a trusted root of sigstore's: mediaType is missing");
  }
}
