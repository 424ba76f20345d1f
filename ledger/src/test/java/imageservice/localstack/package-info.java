/// LocalStack for tests, of every module and of the black-box suite.
@NullMarked
package imageservice.localstack;

import org.jspecify.annotations.NullMarked;
