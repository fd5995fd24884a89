package payments.dr.operations.aws;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * Finds credentials where the SDK's default chain does, in its order. That chain drops the causes
 * of what failed, and tells all places in one message of 1500 characters; this one keeps the cause,
 * and tells the places that something is set for.
 */
final class SignIn implements AwsCredentialsProvider {

  /** Denied by STS: a role; by the portal of IAM Identity Center: a permission set. */
  private static final List<String> DENIED = List.of("AccessDenied", "ForbiddenException");

  record Place(String name, BooleanSupplier isSet, AwsCredentialsProvider provider) {}

  private record Miss(Place place, RuntimeException why) {}

  private final StsOfRegions stsOfRegions;
  private List<Place> places;

  /**
   * @param stsOfRegions asked when whoever signs people in does not answer
   */
  SignIn(StsOfRegions stsOfRegions) {
    this.stsOfRegions = stsOfRegions;
  }

  /**
   * Returns the credentials of the first source that has some.
   *
   * @throws AwsCallException when there are none
   */
  @Override
  public synchronized AwsCredentials resolveCredentials() {
    if (places == null) {
      places = places();
    }
    List<Miss> misses = new ArrayList<>();
    for (Place place : places) {
      try {
        AwsCredentials found = place.provider().resolveCredentials();
        // As the SDK does: who has signed in once does not become somebody else.
        places = List.of(place);
        return found;
      } catch (RuntimeException e) {
        misses.add(new Miss(place, e));
      }
    }
    throw none(misses);
  }

  private AwsCallException none(List<Miss> misses) {
    return misses.stream()
        .filter(miss -> places.size() == 1 || miss.place().isSet().getAsBoolean())
        .findFirst()
        .map(
            miss ->
                none(
                    obstacle(miss.why()),
                    "from %s: %s".formatted(miss.place().name(), said(miss.why())),
                    miss.why()))
        .orElseGet(
            () ->
                none(
                    Obstacle.NOT_SIGNED_IN,
                    "in " + misses.stream().map(miss -> miss.place().name()).collect(joining(", ")),
                    null));
  }

  private AwsCallException none(Obstacle obstacle, String where, Throwable cause) {
    return new AwsCallException(
        obstacle, Optional.empty(), "no credentials " + where, cause, stsOfRegions);
  }

  /** Its own message, which says what to do, and what that came from, which says why. */
  private static String said(RuntimeException why) {
    String message =
        String.valueOf(why.getMessage())
            .lines()
            .collect(joining(" "))
            // A profile without credentials shows all profiles of the file.
            .replaceFirst(": ProfileFile\\(.*", "");
    return why.getCause() == null ? message : message + " (" + Calls.said(why) + ")";
  }

  /** Whatever else AWS answers to who signs in, it is to sign in anew. */
  private static Obstacle obstacle(RuntimeException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
        return DENIED.contains(answer.awsErrorDetails().errorCode())
            ? Obstacle.REFUSED
            : Obstacle.NOT_SIGNED_IN;
      }
    }
    return Obstacle.of(failed).orElse(Obstacle.NOT_SIGNED_IN);
  }

  /** In the SDK's order, which {@code SignInIT} holds them to. */
  static List<Place> places() {
    return List.of(
        new Place("system properties", () -> false, SystemPropertyCredentialsProvider.create()),
        new Place(
            "environment variables",
            () ->
                isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID)
                    || isSet(SdkSystemSetting.AWS_SECRET_ACCESS_KEY),
            EnvironmentVariableCredentialsProvider.create()),
        new Place(
            "web identity token",
            () -> isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE),
            WebIdentityTokenFileCredentialsProvider.create()),
        new Place(
            "profile " + profileName(),
            () -> isSet(ProfileFileSystemSetting.AWS_PROFILE) || profile().isPresent(),
            ProfileCredentialsProvider.create()),
        new Place(
            "container",
            () ->
                isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
                    || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI),
            ContainerCredentialsProvider.create()),
        new Place("instance role", () -> false, InstanceProfileCredentialsProvider.create()));
  }

  /** How whoever uses this profile signs in. */
  static String advice() {
    if (needsCode()) {
      return "this program asks for no MFA code: `eval \"$(aws configure export-credentials --profile %s --format env)\"`"
          .formatted(profileName());
    }
    Optional<Profile> origin = origin();
    if (has(origin, ProfileProperty.SSO_START_URL) || has(origin, "sso_session")) {
      return "sign in: `aws sso login --profile %s`".formatted(origin.get().name());
    }
    if (has(origin, ProfileProperty.LOGIN_SESSION)) {
      return "sign in: `aws login --profile %s`".formatted(origin.get().name());
    }
    return "sign in: AWS_PROFILE=NAME with a profile of yours (`aws configure list-profiles`), or new keys";
  }

  /** The profile, or that by which it assumes its role. */
  private static Optional<Profile> origin() {
    Optional<Profile> profile = profile();
    return profile
        .flatMap(role -> role.property(ProfileProperty.SOURCE_PROFILE))
        .flatMap(source -> ProfileFile.defaultProfileFile().profile(source))
        .or(() -> profile);
  }

  /** Of an MFA device, without which STS refuses the profile's role. */
  static boolean needsCode() {
    return has(profile(), ProfileProperty.MFA_SERIAL);
  }

  private static boolean has(Optional<Profile> profile, String property) {
    return profile.flatMap(it -> it.property(property)).isPresent();
  }

  private static String profileName() {
    return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
  }

  /** Empty also when the file cannot be read. */
  private static Optional<Profile> profile() {
    try {
      return ProfileFile.defaultProfileFile().profile(profileName());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isSet(SystemSetting setting) {
    return setting.getNonDefaultStringValue().isPresent();
  }
}
