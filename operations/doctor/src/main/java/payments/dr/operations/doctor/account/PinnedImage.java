package payments.dr.operations.doctor.account;

import java.util.List;
import java.util.Optional;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageState;

/**
 * Whether a Region has the machine image that the settings name for it, and the other Region the
 * same one. Ids differ by Region, names do not.
 *
 * @param image its id, such as {@code ami-0123456789abcdef0}
 * @param peer the other Region
 * @param peerImage id of the image there
 */
public record PinnedImage(String where, String image, String peer, String peerImage)
    implements Check {

  @Override
  public String name() {
    return "machine image";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("ec2:DescribeImages"));
  }

  @Override
  public Result ask(Clients aws) {
    Optional<Image> own = find(aws, where, image);
    if (own.isEmpty()) {
      return Result.fails(
          "image %s must be there, got none".formatted(image),
          "copy it there, or name another in compute.imageIds");
    }
    if (own.get().state() != ImageState.AVAILABLE) {
      return Result.fails(
          "image %s must be available, got %s".formatted(image, own.get().stateAsString()),
          "name another in compute.imageIds");
    }
    String name = own.get().name();
    String other = find(aws, peer, peerImage).map(Image::name).orElse("none");
    return name.equals(other)
        ? Result.ok("%s is %s in both Regions".formatted(image, name))
        : Result.attention(
            "image must be the same in both Regions, got %s, and %s in %s"
                .formatted(name, other, peer),
            "once the primary Region has proved its image, name the DR Region's copy of it in compute.imageIds");
  }

  private static Optional<Image> find(Clients aws, String region, String image) {
    try {
      return aws.ec2(region).describeImages(request -> request.imageIds(image)).images().stream()
          .findFirst();
    } catch (AwsServiceException e) {
      // NotFound, Unavailable or Malformed: the id is no image of this account's to launch.
      if (e.awsErrorDetails().errorCode().startsWith("InvalidAMIID.")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
