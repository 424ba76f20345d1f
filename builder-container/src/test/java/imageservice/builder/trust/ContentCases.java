package imageservice.builder.trust;

import imageservice.release.Digest;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is signed, and by which key.
final class ContentCases {

  private final SigstoreWorld world;
  private final CaseMaker make;

  ContentCases(SigstoreWorld world) {
    this.world = world;
    this.make = new CaseMaker(world);
  }

  List<SignatureCase> statements() {
    String replayed = "about another image";
    return List.of(
        CaseMaker.of(
            "bundle: replayed",
            replayed,
            false,
            image -> make.forge(CaseMaker.OTHER, forge -> {}).bundle()),
        CaseMaker.of(
            "older: replayed",
            replayed,
            false,
            image -> make.forge(CaseMaker.OTHER, forge -> {}).simple()),
        make.bundle(
                "an attestation",
                "a statement that is no signature",
                forge -> forge.predicate = "https://slsa.dev/provenance/v1")
            .unlikeCosign("cosign takes any statement for a signature"),
        make.bundle(
                "a statement of another type",
                "a statement of an unknown type",
                forge -> forge.payload = text -> text.replace("Statement/v1", "Statement/v7"))
            .unlikeCosign("cosign does not compare the statement's type"),
        make.bundle(
            "two signatures in one envelope",
            "2 signatures in an envelope",
            forge ->
                forge.bundle =
                    json ->
                        Trees.list(Trees.at(json, "dsseEnvelope"), "signatures")
                            .add(SigstoreWorld.map("sig", "AAAA"))),
        make.bundle(
            "a payload of another type",
            "the envelope holds no statement",
            forge ->
                forge.bundle =
                    json -> Trees.at(json, "dsseEnvelope").put("payloadType", "text/plain")),
        make.bundle(
            "another statement than was signed",
            "the signature of the statement is not the key's",
            forge ->
                forge.bundle =
                    json ->
                        Trees.at(json, "dsseEnvelope").put("payload", Bytes.ofUtf8("{}").base64())),
        make.bundle(
            "another signature than was logged",
            "the log entry is about another signature",
            forge ->
                forge.bundle =
                    json -> {
                      Map<String, Object> envelope = Trees.at(json, "dsseEnvelope");
                      try {
                        Bytes payload = Bytes.ofBase64(Trees.text(envelope, "payload"), "payload");
                        Envelope read =
                            new Envelope(Trees.text(envelope, "payloadType"), payload, payload);
                        envelope.put(
                            "signatures",
                            List.of(
                                SigstoreWorld.map(
                                    "sig",
                                    TestCertificates.sign(
                                            forge.leaf.key.getPrivate(), read.signed())
                                        .base64())));
                      } catch (UntrustedException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
  }

  List<SignatureCase> older() {
    String damaged = "the signature of the payload is not the key's";
    return List.of(
        make.simple(
                "a payload of another type",
                "a payload that is no signature",
                forge -> forge.payload = text -> text.replace("cosign container", "some container"))
            .unlikeCosign("cosign does not compare the type"),
        make.simple(
            "another signature",
            damaged,
            forge ->
                forge.annotations =
                    values ->
                        values.put(
                            "dev.cosignproject.cosign/signature",
                            TestCertificates.sign(world.ownKey.getPrivate(), Bytes.ofUtf8("x"))
                                .base64())),
        make.simple(
            "no signature",
            "no signature beside the payload",
            forge ->
                forge.annotations = values -> values.remove("dev.cosignproject.cosign/signature")),
        make.simple(
            "no certificate",
            "no certificate beside the payload",
            forge ->
                forge.annotations = values -> values.remove("dev.sigstore.cosign/certificate")),
        make.simple(
                "two certificates",
                "not base64",
                forge ->
                    forge.annotations =
                        values ->
                            values.merge(
                                "dev.sigstore.cosign/certificate",
                                world.leaf().pem(),
                                String::concat))
            .unlikeCosign("cosign takes the first certificate"),
        make.simple(
            "a chain of others",
            "",
            forge ->
                forge.annotations =
                    values -> values.put("dev.sigstore.cosign/chain", world.leaf().pem())),
        several(
            "older: two, one of which is good",
            image -> make.forge(CaseMaker.OTHER, f -> {}).simple(),
            image -> make.forge(image, f -> {}).simple()));
  }

  private static SignatureCase several(
      String name, Function<Digest, Material> first, Function<Digest, Material> second) {
    return new SignatureCase(
        name, "", "", false, root -> {}, image -> List.of(first.apply(image), second.apply(image)));
  }

  List<SignatureCase> keys() {
    KeyPair stranger = TestCertificates.pair("EC");
    return List.of(
        key("bundle by key: good", "", f -> f.bundleByKey(world.ownKey.getPrivate())),
        key("older by key: good", "", f -> f.simpleByKey(world.ownKey.getPrivate())),
        key(
            "bundle by key: another key",
            "the signature of the statement is not the key's",
            f -> f.bundleByKey(stranger.getPrivate())),
        key(
            "older by key: another key",
            "the signature of the payload is not the key's",
            f -> f.simpleByKey(stranger.getPrivate())),
        CaseMaker.of(
            "bundle by key: replayed",
            "about another image",
            true,
            image -> make.forge(CaseMaker.OTHER, f -> {}).bundleByKey(world.ownKey.getPrivate())),
        CaseMaker.of(
            "older by key: replayed",
            "about another image",
            true,
            image -> make.forge(CaseMaker.OTHER, f -> {}).simpleByKey(world.ownKey.getPrivate())),
        key(
            "bundle by key: by a certificate",
            "the signature of the statement is not the key's",
            SignatureForge::bundle),
        CaseMaker.of(
            "bundle: by key",
            "the bundle has no certificate",
            false,
            image -> make.forge(image, f -> {}).bundleByKey(world.ownKey.getPrivate())));
  }

  private SignatureCase key(String name, String refusal, Function<SignatureForge, Material> makes) {
    return CaseMaker.of(name, refusal, true, image -> makes.apply(make.forge(image, f -> {})));
  }
}
