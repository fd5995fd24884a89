import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Calls one Lambda handler with the event on standard input, and prints its answer; knows the handler by reflection only. */
public final class HandlerRunner {
    private static final PrintStream ANSWER = System.out;

    public static void main(String[] arguments) throws Exception {
        System.setOut(System.err); // what a handler prints is its log
        byte[] event = System.in.readAllBytes();
        String[] name = arguments[0].split("::");
        try {
            Class<?> type = Class.forName(name[0]);
            Method method = handler(type, name.length > 1 ? name[1] : "handleRequest");
            ANSWER.write(call(type.getDeclaredConstructor().newInstance(), method, event));
            ANSWER.flush();
            System.exit(0); // handlers may leave threads of SDK clients behind
        } catch (Throwable problem) {
            Throwable cause = problem instanceof InvocationTargetException ? problem.getCause() : problem;
            cause.printStackTrace();
            ANSWER.print("{\"errorType\":" + quoted(cause.getClass().getName())
                    + ",\"errorMessage\":" + quoted(String.valueOf(cause.getMessage())) + "}");
            ANSWER.flush();
            System.exit(1);
        }
    }

    /** Bridge methods of generic interfaces take plain objects: prefer the declared one with the most parameters. */
    private static Method handler(Class<?> type, String name) throws NoSuchMethodException {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .max(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(() -> new NoSuchMethodException(type.getName() + "::" + name));
    }

    private static byte[] call(Object target, Method method, byte[] event) throws Exception {
        Class<?>[] types = method.getParameterTypes();
        Object[] values = new Object[types.length];
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < types.length; i++) {
            if (types[i] == InputStream.class) {
                values[i] = new ByteArrayInputStream(event);
            } else if (types[i] == OutputStream.class) {
                values[i] = stream;
            } else if (types[i].getName().equals("com.amazonaws.services.lambda.runtime.Context")) {
                values[i] = context(types[i]);
            } else if (types[i] == String.class) {
                values[i] = text(event);
            } else {
                values[i] = json("readValue", new Class<?>[] {byte[].class, Class.class}, event, types[i]);
            }
        }
        Object answer = method.invoke(target, values);
        if (method.getReturnType() == void.class) {
            return stream.toByteArray();
        }
        if (answer instanceof String) {
            return quotedUnlessJson((String) answer).getBytes(StandardCharsets.UTF_8);
        }
        return answer == null ? "null".getBytes(StandardCharsets.UTF_8)
                : (byte[]) json("writeValueAsBytes", new Class<?>[] {Object.class}, answer);
    }

    /** Typed events need the handler's own Jackson. */
    private static Object json(String method, Class<?>[] types, Object... values) throws Exception {
        Class<?> mapper = Class.forName("com.fasterxml.jackson.databind.ObjectMapper");
        return mapper.getMethod(method, types).invoke(mapper.getDeclaredConstructor().newInstance(), values);
    }

    private static Object context(Class<?> type) {
        int seconds = 60;
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
            switch (method.getName()) {
                case "getFunctionName": return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
                case "getFunctionVersion": return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
                case "getAwsRequestId": return java.util.UUID.randomUUID().toString();
                case "getRemainingTimeInMillis": return seconds * 1000;
                case "getMemoryLimitInMB": return Integer.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
                case "getLogger": return logger(method.getReturnType());
                default: return null;
            }
        });
    }

    private static Object logger(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> {
            Object message = values[0];
            System.err.println(message instanceof byte[] ? text((byte[]) message) : message);
            return null;
        });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String quotedUnlessJson(String answer) {
        String trimmed = answer.trim();
        return trimmed.startsWith("{") || trimmed.startsWith("[") || trimmed.startsWith("\"") ? answer : quoted(answer);
    }

    private static String quoted(String plain) {
        StringBuilder built = new StringBuilder("\"");
        for (char c : plain.toCharArray()) {
            if (c == '"' || c == '\\') {
                built.append('\\').append(c);
            } else if (c < ' ') {
                built.append(String.format("\\u%04x", (int) c));
            } else {
                built.append(c);
            }
        }
        return built.append('"').toString();
    }
}
