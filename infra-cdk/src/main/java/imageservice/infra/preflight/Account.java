package imageservice.infra.preflight;

import java.util.Map;
import java.util.Optional;

/// What is deployed to. Where the region or the identity is not known, nobody asked for the rest.
///
/// @param identity the number of the account that the credentials are for
/// @param bootstrap the version of CDK's bootstrap stack
/// @param concurrency how many runs of functions the account may have at once
/// @param stack whether there is a stack of the service
/// @param publicKeys public halves that KMS was asked for, by the setting that names the key
public record Account(
    Optional<String> region,
    Fact<String> identity,
    Fact<Integer> bootstrap,
    Fact<Integer> concurrency,
    Fact<Boolean> stack,
    Map<String, Fact<String>> publicKeys) {
  public Account {
    publicKeys = Map.copyOf(publicKeys);
  }

  boolean isKnown() {
    return region.isPresent() && identity instanceof Fact.Known;
  }
}
