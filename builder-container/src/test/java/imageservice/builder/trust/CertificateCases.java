package imageservice.builder.trust;

import java.security.KeyPair;
import java.util.List;
import java.util.Map;

/// Who signed, and who says so.
final class CertificateCases {

  private final SigstoreWorld world;
  private final CaseMaker make;

  CertificateCases(SigstoreWorld world) {
    this.world = world;
    this.make = new CaseMaker(world);
  }

  List<SignatureCase> certificates() {
    KeyPair stranger = TestCertificates.pair("EC");
    String unissued = "no authority of the trusted root issued the certificate";
    return CaseMaker.all(
        make.both("good", "", forge -> {}),
        make.both("another issuer's key", unissued, forge -> forge.leaf(l -> l.signer = stranger)),
        make.both("an authority that has ended", unissued, forge -> {}).stream()
            .map(found -> found.inRoot(Trees.ended("certificateAuthorities")))
            .toList(),
        make.both(
            "for servers",
            "not for code signing",
            forge -> forge.leaf(l -> l.purpose = TestCertificates.SERVER)),
        CaseMaker.unlikeCosign(
            make.both(
                "for nothing", "not for code signing", forge -> forge.leaf(l -> l.purpose = "")),
            "cosign takes a certificate without a purpose"),
        CaseMaker.unlikeCosign(
            make.both(
                "an authority's",
                "is an authority's",
                forge -> forge.leaf(l -> l.authority = true)),
            "cosign lets authorities sign"),
        List.of(
            make.bundle(
                "without certificate",
                "the bundle has no certificate",
                forge -> forge.bundle = json -> Trees.verification(json).remove("certificate")),
            make.bundle(
                "with a chain",
                "the bundle has no certificate",
                forge ->
                    forge.bundle =
                        json -> {
                          Object leaf = Trees.verification(json).remove("certificate");
                          Trees.verification(json)
                              .put(
                                  "x509CertificateChain",
                                  SigstoreWorld.map("certificates", List.of(leaf)));
                        }),
            make.bundle(
                "of another version",
                "a bundle of another version",
                forge ->
                    forge.bundle =
                        json ->
                            json.put(
                                "mediaType", "application/vnd.dev.sigstore.bundle.v9.9+json"))));
  }

  List<SignatureCase> certificateLogs() {
    String unseen = "no certificate log of the trusted root vouches";
    return CaseMaker.all(
        make.both(
            "a certificate log of another version",
            "a timestamp of an unknown kind",
            forge ->
                forge.leaf(l ->
                    l.timestamp =
                        whole ->
                            Bytes.joined(
                                Bytes.of(new byte[] {1}), whole.slice(1, whole.length())))),
        make.both(
            "more than a certificate log's signature",
            "a damaged timestamp",
            forge ->
                forge.leaf(
                    l -> l.timestamp = whole -> Bytes.joined(whole, Bytes.of(new byte[] {0})))),
        make.both(
            "unlogged certificate",
            "no timestamp of a certificate log",
            forge -> forge.leaf(l -> l.log = null)),
        make.both(
            "a certificate log that nobody knows",
            unseen,
            forge -> forge.leaf(l -> l.log = world.strangeLog)),
        make.both("a certificate log that had ended", unseen, forge -> {}).stream()
            .map(found -> found.inRoot(Trees.ended("ctlogs")))
            .toList(),
        make
            .both(
                "a certificate log's other signature",
                unseen,
                forge -> forge.leaf(l -> l.log = world.strangeLog))
            .stream()
            .map(found ->
                new SignatureCase(
                    found.name() + ", under a known id",
                    found.refusal(),
                    "",
                    false,
                    root -> Trees.first(root, "ctlogs").put("logId", id(world.strangeLog)),
                    found.makes()))
            .toList());
  }

  private static Map<String, Object> id(KeyPair log) {
    return SigstoreWorld.map("keyId", Bytes.of(log.getPublic().getEncoded()).sha256().base64());
  }

  List<SignatureCase> identities() {
    return CaseMaker.all(
        CaseMaker.unlikeCosign(
            make.both(
                "two subjects",
                "has not one subject",
                forge -> forge.leaf(l -> l.secondSubject = "other@example.com")),
            "cosign takes one fitting subject among several"),
        make.both(
            "another issuer",
            "of another issuer",
            forge ->
                forge.leaf(l -> {
                  l.issuer = SigstoreWorld.ISSUER + ".example";
                  l.oldIssuer = l.issuer;
                })),
        make.both(
            "another subject",
            "another subject",
            forge -> forge.leaf(l -> l.subject = "me@example.org.example")),
        make.both(
            "a line break after the subject",
            "has control characters",
            forge -> forge.leaf(l -> l.subject = SigstoreWorld.SUBJECT + "\n")),
        make.both(
            "a program",
            "",
            forge ->
                forge.leaf(l -> {
                  l.subjectType = 6;
                  l.subject = "https://git.example/@example.org";
                })),
        make.both(
            "a host's name",
            "neither e-mail nor URI",
            forge ->
                forge.leaf(l -> {
                  l.subjectType = 2;
                  l.subject = "www.example.org";
                })),
        make.both(
            "no issuer",
            "names no issuer",
            forge ->
                forge.leaf(l -> {
                  l.issuer = "";
                  l.oldIssuer = "";
                })),
        List.of(
            make.bundle("without the older issuer", "", forge -> forge.leaf(l -> l.oldIssuer = "")),
            make.simple("without the older issuer", "", forge -> forge.leaf(l -> l.oldIssuer = ""))
                .unlikeCosign("cosign reads the older extension alone"),
            make.bundle(
                    "two issuers",
                    "names two issuers",
                    forge -> forge.leaf(l -> l.oldIssuer = "https://other.example"))
                .unlikeCosign("cosign reads the newer extension alone"),
            make.simple(
                "two issuers",
                "names two issuers",
                forge -> forge.leaf(l -> l.oldIssuer = "https://other.example"))));
  }
}
