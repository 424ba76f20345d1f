package imageservice.local;

import imageservice.functions.asset.AssetLinks;
import imageservice.functions.asset.S3AssetLinks;
import imageservice.functions.asset.S3LinkSigner;
import imageservice.functions.asset.S3Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Makes links to objects that the gateway sends itself, wherever they lie.
///
/// @param credentials that the gateway knows them by
/// @param address in links, with a final slash
record OwnLinks(Credentials credentials, String address) {
  AssetLinks to(S3Objects objects) {
    return new ObjectLinks(
        new S3AssetLinks(
            S3LinkSigner.at(
                ObjectLinks.SIGNED_HOST,
                ObjectStore.BUCKET,
                ObjectStore.REGION,
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(credentials.user(), credentials.secret()))),
            objects),
        address);
  }
}
