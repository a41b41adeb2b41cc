import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The document store of the embedded target: mongo-java-server on an H2 file, bound to the loopback address only.
 *
 * <p>Usage: {@code java -cp <jars> EmbeddedMongo <data file> <port>}, port 0 for any free one. Prints {@code listening
 * <host>:<port>} when it accepts connections, and ends on SIGTERM with its data on the disk. It checks no password: who
 * may open a loopback port of this machine may read and write it.
 */
public final class EmbeddedMongo {
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("usage: EmbeddedMongo <data file> <port, 0 for any free one>");
            System.exit(2);
        }
        H2Backend backend = new H2Backend(args[0]);
        backend.version(new AnnouncedVersion());
        MongoServer server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Integer.parseInt(args[1])));
        // Closing the server closes the H2 store, which writes what its once-a-second commit has not written yet.
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        System.out.println("listening 127.0.0.1:" + server.getLocalAddress().getPort());
    }

    /** MongoDB 6.0, wire version 17: the oldest that the drivers of today agree to talk to (they ask for 9 or more). */
    private static final class AnnouncedVersion implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(6, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 17;
        }
    }
}
