package imageservice.infra.deploy;

import imageservice.infra.ImageServiceStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.ServiceMetadata;

/// The outputs of the deployed stack. One call of AWS's query protocol, spoken here, as the SDK's
/// module for it is not published in the version of the others.
record CloudFormationOutputs(AwsAccess access) {
  private static final String SERVICE = "cloudformation";
  private static final String REQUEST =
      "Action=DescribeStacks&Version=2010-05-15&StackName=" + ImageServiceStack.NAME;

  /// By name; empty where there is no such stack.
  Optional<Map<String, String>> read() throws DeployException {
    try {
      HttpExecuteResponse answer = ask();
      try (InputStream body =
          answer
              .responseBody()
              .map(InputStream.class::cast)
              .orElse(InputStream.nullInputStream())) {
        return outputs(answer.httpResponse().statusCode(), parse(body));
      }
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw DeployException.of("CloudFormation does not answer", e, "try again");
    }
  }

  private Optional<Map<String, String>> outputs(int status, Document answer)
      throws DeployException {
    if (status == 200) {
      return Optional.of(outputs(answer));
    }
    // the one thing in the request that can be invalid is that the stack is to exist
    if (text(answer, "Code").equals("ValidationError")) {
      return Optional.empty();
    }
    throw new DeployException(text(answer, "Message"));
  }

  private HttpExecuteResponse ask() throws IOException {
    byte[] body = REQUEST.getBytes(StandardCharsets.UTF_8);
    ContentStreamProvider content = () -> new ByteArrayInputStream(body);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint())
            .putHeader("content-type", "application/x-www-form-urlencoded")
            .putHeader("content-length", Integer.toString(body.length))
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(access.credentials().resolveCredentials())
                    .request(request)
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, access.region().id()));
    return access
        .http()
        .prepareRequest(
            HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(content)
                .build())
        .call();
  }

  private URI endpoint() {
    return access
        .surroundings()
        .endpoint()
        .map(url -> url.resolve("/"))
        .orElseGet(() ->
            URI.create(
                "https://" + ServiceMetadata.of(SERVICE).endpointFor(access.region()) + "/"));
  }

  private static Document parse(InputStream body)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(body);
  }

  private static Map<String, String> outputs(Document answer) {
    Map<String, String> outputs = new TreeMap<>();
    NodeList keys = answer.getElementsByTagName("OutputKey");
    NodeList values = answer.getElementsByTagName("OutputValue");
    for (int i = 0; i < Math.min(keys.getLength(), values.getLength()); i++) {
      outputs.put(keys.item(i).getTextContent(), values.item(i).getTextContent());
    }
    return outputs;
  }

  private static String text(Document answer, String element) {
    return answer.getElementsByTagName(element).item(0) instanceof Element found
        ? found.getTextContent()
        : "";
  }
}
