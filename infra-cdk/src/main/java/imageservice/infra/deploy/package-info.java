/// `./deploy` and `./destroy`: from a checkout to a service on AWS and back. Classes that are named
/// for what they speak to (`Ecr…`, `Lambda…`, `CloudFormation…`) import its SDK.
@NullMarked
package imageservice.infra.deploy;

import org.jspecify.annotations.NullMarked;
