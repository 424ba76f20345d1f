package imageservice.infra.deploy;

import imageservice.infra.image.ImageName;
import imageservice.infra.image.Registry.Login;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/// The repository of the builder's images. A tag there never means another image later.
///
/// @param elsewhere a registry that takes the place of ECR's own, for tests
record EcrRepository(AwsAccess access, String name, Optional<String> elsewhere) {
  /// Where an image of it is; the repository is made where it is not there yet.
  ImageName image(String tag) throws DeployException {
    try (EcrClient ecr = client()) {
      ImageName image = ImageName.parse(found(ecr).orElseGet(() -> made(ecr)) + ":" + tag);
      return elsewhere
          .map(authority -> new ImageName(authority, image.repository(), tag))
          .orElse(image);
    } catch (SdkException e) {
      throw DeployException.of(
          "the ECR repository " + name + " was not made", e, "run ./deploy again then");
    }
  }

  private Optional<String> found(EcrClient ecr) {
    try {
      List<Repository> found =
          ecr.describeRepositories(describe -> describe.repositoryNames(name)).repositories();
      return found.stream().findFirst().map(Repository::repositoryUri);
    } catch (RepositoryNotFoundException e) {
      return Optional.empty();
    }
  }

  private String made(EcrClient ecr) {
    return ecr.createRepository(create ->
            create
                .repositoryName(name)
                .imageTagMutability(ImageTagMutability.IMMUTABLE)
                .imageScanningConfiguration(scan -> scan.scanOnPush(true)))
        .repository()
        .repositoryUri();
  }

  /// Who may push for the next hours.
  Login login() throws DeployException {
    try (EcrClient ecr = client()) {
      String token =
          ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
      String[] parts =
          new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
      return new Login(parts[0], parts[parts.length - 1]);
    } catch (SdkException e) {
      throw DeployException.of(
          "ECR lets nobody in", e, "allow ecr:GetAuthorizationToken and run ./deploy again");
    }
  }

  /// Deletes it with its images; false where there is none.
  boolean delete() throws DeployException {
    try (EcrClient ecr = client()) {
      ecr.deleteRepository(delete -> delete.repositoryName(name).force(true));
      return true;
    } catch (RepositoryNotFoundException e) {
      return false;
    } catch (SdkException e) {
      throw DeployException.of(
          "the ECR repository " + name + " is still there", e, "run the same command again then");
    }
  }

  private EcrClient client() {
    return access.configured(EcrClient.builder()).build();
  }
}
