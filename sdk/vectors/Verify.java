import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the test vectors without any library: {@code java sdk/vectors/Verify.java}. It shows what a client in another
 * language has to do. Prints the number of vectors; exits with 1 if one has another result.
 */
public final class Verify {
  private static final String TYPE = "license-lease+jwt";
  private static final int TOLERANCE_SECONDS = 300;
  private static int count;
  private static int failures;

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args.length > 0 ? args[0] : "sdk/vectors");
    leases(object(parse(directory.resolve("leases.json"))));
    webhooks(object(parse(directory.resolve("webhooks.json"))));
    System.out.println(count + " vectors, " + failures + " with another result");
    System.exit(failures == 0 && count > 0 ? 0 : 1);
  }

  private static void expect(String name, Object expected, Object actual) {
    count++;
    if (expected.equals(actual)) return;
    failures++;
    System.out.println(name + ": expected " + expected + ", but got " + actual);
  }

  // Leases

  private static void leases(Map<String, Object> file) throws Exception {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    for (Object each : list(object(file.get("keys")).get("keys"))) {
      Map<String, Object> jwk = object(each);
      keys.put((String) jwk.get("kid"), publicKey(jwk));
    }
    for (Object each : list(file.get("licenseKeys"))) {
      Map<String, Object> vector = object(each);
      expect("hash of " + vector.get("typed"), vector.get("keyHash"), hashOfKey((String) vector.get("typed")));
    }
    for (Object each : list(file.get("vectors"))) {
      Map<String, Object> vector = object(each);
      expect((String) vector.get("name"), vector.get("result"), verifyLease(vector, keys, (String) file.get("issuer")));
    }
  }

  private static String verifyLease(Map<String, Object> vector, Map<String, PublicKey> keys, String issuer) throws Exception {
    String[] parts = ((String) vector.get("lease")).split("\\.", -1);
    if (parts.length != 3) return "malformed";
    Map<String, Object> header;
    Map<String, Object> claims;
    try {
      header = object(new Json(text(base64url(parts[0]))).read());
      claims = object(new Json(text(base64url(parts[1]))).read());
    } catch (RuntimeException notJson) {
      return "malformed";
    }
    // Never let a token choose its algorithm.
    if (!"ES256".equals(header.get("alg"))) return "malformed";
    PublicKey key = keys.get((String) header.get("kid"));
    if (key == null) return "unknownKey";
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    if (!isVerified(signature, base64url(parts[2]))) return "signature";
    if (!TYPE.equals(header.get("typ"))) return "malformed";
    for (String name : List.of("sub", "jti", "iat", "exp", "keyHash", "userType", "domain"))
      if (claims.get(name) == null) return "malformed";
    if (!issuer.equals(claims.get("iss"))) return "issuer";
    long now = Instant.parse((String) vector.get("now")).getEpochSecond();
    if (((Double) claims.get("exp")).longValue() <= now) return "expired";
    if (((Double) claims.get("iat")).longValue() > now + TOLERANCE_SECONDS) return "notYetValid";
    if (vector.containsKey("keyHash") && !vector.get("keyHash").equals(claims.get("keyHash"))) return "otherKey";
    if (vector.containsKey("nonce") && !vector.get("nonce").equals(claims.get("nonce"))) return "replayed";
    return "valid";
  }

  private static boolean isVerified(Signature signature, byte[] bytes) {
    try {
      return signature.verify(bytes);
    } catch (GeneralSecurityException notASignature) {
      return false;
    }
  }

  private static PublicKey publicKey(Map<String, Object> jwk) throws Exception {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(number(jwk.get("x")), number(jwk.get("y")));
    ECParameterSpec parameters = curve.getParameterSpec(ECParameterSpec.class);
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
  }

  private static String hashOfKey(String typed) throws Exception {
    String key =
        typed.toUpperCase(java.util.Locale.ROOT).replaceAll("[\\s\\u00a0\\u2000-\\u200a\\u3000\\p{Pd}]", "")
            .replace('O', '0').replaceAll("[IL]", "1");
    if (key.length() == 25) key = key.replaceAll(".{5}(?=.)", "$0-");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(("license-key:" + key).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  // Webhooks

  private static void webhooks(Map<String, Object> file) throws Exception {
    for (Object each : list(file.get("vectors"))) {
      Map<String, Object> vector = object(each);
      expect((String) vector.get("name"), vector.get("result"), verifyWebhook(vector));
    }
  }

  private static String verifyWebhook(Map<String, Object> vector) throws Exception {
    Map<String, Object> headers = object(vector.get("headers"));
    String id = (String) headers.get("webhook-id");
    String timestamp = (String) headers.get("webhook-timestamp");
    String body = (String) vector.get("body");
    boolean isSigned = false;
    for (Object secret : list(vector.get("secrets"))) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(((String) secret).substring("whsec_".length())), "HmacSHA256"));
      byte[] expected = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      for (String signature : ((String) headers.get("webhook-signature")).split(" "))
        if (signature.startsWith("v1,")) isSigned |= MessageDigest.isEqual(expected, base64(signature.substring(3)));
    }
    if (!isSigned) return "signature";
    long age = Instant.parse((String) vector.get("now")).getEpochSecond() - Long.parseLong(timestamp);
    if (age > TOLERANCE_SECONDS) return "stale";
    if (age < -TOLERANCE_SECONDS) return "future";
    try {
      Map<String, Object> event = object(new Json(body).read());
      for (String name : List.of("id", "type", "time", "domainId", "subject", "sequence", "data"))
        if (event.get(name) == null) return "malformed";
    } catch (RuntimeException notJson) {
      return "malformed";
    }
    return "valid";
  }

  // Encodings

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static byte[] base64url(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static BigInteger number(Object base64url) {
    return new BigInteger(1, base64url((String) base64url));
  }

  private static Object parse(Path path) throws Exception {
    return new Json(Files.readString(path)).read();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  /** Reads JSON. Throws a RuntimeException if the text is not JSON. */
  private static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Object read() {
      Object value = value();
      if (peek() != 0) throw new IllegalArgumentException("There is text after the value.");
      return value;
    }

    private Object value() {
      char next = peek();
      if (next == '{') return members();
      if (next == '[') return elements();
      if (next == '"') return string();
      int start = at;
      while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(start, at);
      if (word.equals("null")) return null;
      if (word.equals("true") || word.equals("false")) return Boolean.valueOf(word);
      return Double.valueOf(word);
    }

    private Map<String, Object> members() {
      Map<String, Object> members = new LinkedHashMap<>();
      at++;
      if (takes('}')) return members;
      do {
        if (peek() != '"') throw new IllegalArgumentException("A name is missing.");
        String name = string();
        if (!takes(':')) throw new IllegalArgumentException("A colon is missing.");
        members.put(name, value());
      } while (takes(','));
      if (!takes('}')) throw new IllegalArgumentException("A brace is missing.");
      return members;
    }

    private List<Object> elements() {
      List<Object> elements = new ArrayList<>();
      at++;
      if (takes(']')) return elements;
      do elements.add(value());
      while (takes(','));
      if (!takes(']')) throw new IllegalArgumentException("A bracket is missing.");
      return elements;
    }

    private String string() {
      StringBuilder string = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) != '\\') {
          string.append(text.charAt(at));
          continue;
        }
        char escaped = text.charAt(++at);
        int index = "bfnrt".indexOf(escaped);
        if (escaped == 'u') string.append((char) Integer.parseInt(text.substring(at + 1, (at += 4) + 1), 16));
        else string.append(index < 0 ? escaped : "\b\f\n\r\t".charAt(index));
      }
      at++;
      return string.toString();
    }

    private boolean takes(char expected) {
      if (peek() != expected) return false;
      at++;
      return true;
    }

    private char peek() {
      while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) at++;
      return at < text.length() ? text.charAt(at) : 0;
    }
  }
}
