package imageservice.infra.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// A registry that is pushed to, and those that bases come from, spoken to by Jib. One on this
/// machine's loopback interface may speak plain HTTP.
///
/// @param authority host and port
/// @param login who may push; absent, everybody may
/// @param cache a folder for layers, kept between runs
public record Registry(String authority, Optional<Login> login, Path cache) {
  /// A user and a password.
  public record Login(String user, String password) {
    private Credential credential() {
      return Credential.from(user, password);
    }

    @Override
    public String toString() {
      return user;
    }
  }

  /// The digest behind a name; empty where there is no such image.
  public Optional<String> digest(ImageName name) throws IOException {
    FailoverHttpClient http =
        new FailoverHttpClient(isLoopback(name.authority()), false, event -> {});
    try {
      return client(name, http)
          .checkManifest(name.reference())
          .map(found -> found.getDigest().toString());
    } catch (RegistryException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      http.shutDown();
    }
  }

  private RegistryClient client(ImageName name, FailoverHttpClient http)
      throws IOException, RegistryException {
    RegistryClient.Factory factory =
        RegistryClient.factory(EventHandlers.NONE, name.authority(), name.repository(), http);
    Optional<Login> known = login(name);
    known.ifPresent(user -> factory.setCredential(user.credential()));
    RegistryClient client = factory.newRegistryClient();
    if (!client.doPullBearerAuth() && known.isPresent()) {
      client.configureBasicAuth();
    }
    return client;
  }

  /// Makes an image, a single manifest, and pushes it; returns its digest.
  public String push(ImageContent content, ImageName name)
      throws IOException, InterruptedException {
    try {
      return described(content).containerize(to(name, content)).getDigest().toString();
    } catch (RegistryException
        | CacheDirectoryCreationException
        | InvalidImageReferenceException
        | ExecutionException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private JibContainerBuilder described(ImageContent content)
      throws InvalidImageReferenceException, IOException {
    JibContainerBuilder image =
        Jib.from(image(ImageName.parse(content.base())))
            .setPlatforms(Set.of(new Platform(content.architecture(), "linux")))
            .setFormat(ImageFormat.Docker)
            .setEnvironment(content.environment())
            .setProgramArguments(List.copyOf(content.command()));
    for (ImageContent.Layer layer : content.layers()) {
      FileEntriesLayer.Builder files = FileEntriesLayer.builder();
      for (ImageContent.File file : layer.files()) {
        files.addEntry(file.content(), AbsoluteUnixPath.get(file.path()), permissions(file));
      }
      image.addFileEntriesLayer(files.build());
    }
    return image;
  }

  private static FilePermissions permissions(ImageContent.File file) {
    return file.isProgram()
        ? FilePermissions.fromOctalString("755")
        : FilePermissions.DEFAULT_FILE_PERMISSIONS;
  }

  private Containerizer to(ImageName name, ImageContent content)
      throws InvalidImageReferenceException {
    return Containerizer.to(image(name))
        .setBaseImageLayersCache(cache.resolve("base"))
        .setApplicationLayersCache(cache.resolve("own"))
        .setAllowInsecureRegistries(
            isLoopback(name.authority()) || isLoopback(ImageName.parse(content.base()).authority()))
        .setToolName("image-service");
  }

  private RegistryImage image(ImageName name) throws InvalidImageReferenceException {
    RegistryImage image = RegistryImage.named(name.toString());
    login(name).ifPresent(user -> image.addCredential(user.user(), user.password()));
    return image;
  }

  private Optional<Login> login(ImageName name) {
    return login.filter(user -> name.authority().equals(authority));
  }

  private static boolean isLoopback(String authority) {
    return authority.startsWith("127.0.0.1:") || authority.startsWith("localhost:");
  }
}
