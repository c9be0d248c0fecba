package offspring.multiprocessing.connection;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pipe, through which messages go to and come from other threads and processes: Python's {@code
 * multiprocessing.connection.Connection}.
 *
 * <pre>{@code
 * Pipe pipe = Pipe.duplex();
 * Connection there = pipe.second();
 * var child = new Process(() -> there.send("hello"));
 * child.start();
 * there.close(); // the child has its own hold on it
 * String hello = pipe.first().recv(String.class); // "hello"
 * }</pre>
 *
 * <p><b>Messages, not bytes.</b> What is sent as one message is received as one, whole and once, in the order of sending. An
 * empty message is a message. Messages may be of any size up to 2 GiB; one that is larger than the memory of the pipe goes
 * through it in pieces, while the receiver takes them.
 *
 * <p><b>Shared ends.</b> An end that is captured by a process's target, or sent through a connection, is afterwards held by
 * both processes. Any number of threads and processes may use one end at the same time: messages do not mix, each is received
 * by one of them.
 *
 * <p><b>What blocks.</b> The receiving methods wait for a message; the sending ones wait for room while the pipe is full, and
 * return when the message is in the pipe, not when it is received. {@link #poll()} and {@link #close()} never wait.
 *
 * <p><b>The end of the file.</b> When every process that holds the other end has closed it or has ended, however it ended, a
 * receiver gets what is still in the pipe and then an {@link EOFException}, and a sender an {@link IOException}. So close the
 * ends that a process does not use; an end that becomes unreachable is closed when the garbage collector notices.
 *
 * <p><b>Interruption.</b> A thread that is interrupted while it waits gets an {@link InterruptedException}. No message is lost:
 * one that was being sent has not been sent; one that was being received is received by the next call in this process. Until then
 * the sender of a message that goes through in pieces waits, and so do other processes that receive from the same end. A process that
 * does not want to receive any more closes its connections to the end, or ends: that gives the message up, and the others go on.
 *
 * <p><b>Death of a process</b> that was sending or receiving: at most the message it was working on is lost. The others go on.
 *
 * <p><b>Memory effects.</b> Actions before {@code send} <i>happen-before</i> actions after the {@code recv} that gets the message.
 *
 * <p><b>What can be sent.</b> {@code null}, and whatever is {@link Serializable} with all it refers to: lambdas of serializable
 * types, and connections. What cannot is refused by {@link #send} with the path to it; nothing has been sent then.
 *
 * <p><b>Differences from Python.</b> Two threads on the same end do not corrupt it. Use after close is an {@link IOException}
 * (Python: {@code OSError}).
 *
 * @since 0.1.0
 */
public interface Connection extends Waitable, Serializable, AutoCloseable {

    /**
     * Sends an object as one message.
     *
     * @param message what to send; may be null
     * @throws java.io.NotSerializableException if something in it cannot be sent; names the class and the path to it
     * @throws IOException if nobody holds the other end, or this end is closed or only receives
     * @throws InterruptedException if the calling thread is interrupted while it waits for room
     */
    void send(@Nullable Object message) throws IOException, InterruptedException;

    /**
     * Receives an object.
     *
     * @return what was sent; may be null
     * @throws EOFException if nothing is left and nobody holds the other end
     * @throws IOException if the message cannot be decoded here, or this end is closed or only sends
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    @Nullable
    Object recv() throws IOException, InterruptedException;

    /**
     * Receives an object of a known type.
     *
     * @param <T> the type
     * @param type the class that the object must be an instance of
     * @return what was sent; null only if null was sent
     * @throws ClassCastException if it is something else; it has been taken from the connection
     * @throws EOFException if nothing is left and nobody holds the other end
     * @throws IOException if the message cannot be decoded here, or this end is closed or only sends
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    <T> @Nullable T recv(Class<T> type) throws IOException, InterruptedException;

    /**
     * Sends bytes as one message.
     *
     * @param bytes what to send
     * @throws IOException if nobody holds the other end, or this end is closed or only receives
     * @throws InterruptedException if the calling thread is interrupted while it waits for room
     */
    default void sendBytes(byte[] bytes) throws IOException, InterruptedException {
        sendBytes(bytes, 0, bytes.length);
    }

    /**
     * Sends part of an array as one message.
     *
     * @param bytes where the message is
     * @param offset where it begins
     * @param size how many bytes it has
     * @throws IllegalArgumentException if there is no such part
     * @throws IOException if nobody holds the other end, or this end is closed or only receives
     * @throws InterruptedException if the calling thread is interrupted while it waits for room
     */
    void sendBytes(byte[] bytes, int offset, int size) throws IOException, InterruptedException;

    /**
     * Receives a message as bytes.
     *
     * @return the message
     * @throws EOFException if nothing is left and nobody holds the other end
     * @throws IOException if this end is closed or only sends
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    default byte[] recvBytes() throws IOException, InterruptedException {
        return recvBytes(Integer.MAX_VALUE);
    }

    /**
     * Receives a message of limited length as bytes.
     *
     * @param maxLength how many bytes it may have
     * @return the message
     * @throws IllegalArgumentException if {@code maxLength} is negative
     * @throws EOFException if nothing is left and nobody holds the other end
     * @throws IOException if the message is longer: then an end that can also send only sends from now on, and one that only
     *     receives is closed, as in Python; also if this end is closed or only sends
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    byte[] recvBytes(int maxLength) throws IOException, InterruptedException;

    /**
     * Receives a message into a buffer, at its position, which moves behind the message.
     *
     * @param buffer where to put it
     * @return how many bytes the message has
     * @throws BufferTooShortException if it does not fit; the exception has it, the buffer is as it was
     * @throws EOFException if nothing is left and nobody holds the other end
     * @throws IOException if this end is closed or only sends
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    int recvBytesInto(ByteBuffer buffer) throws IOException, InterruptedException;

    /**
     * Says, without waiting, whether a receiving call would return at once: a message is there, or the end of the file.
     *
     * @return whether there is something to receive
     * @throws IOException if this end is closed or only sends
     */
    boolean poll() throws IOException;

    /**
     * Waits until a receiving call would return at once.
     *
     * @param timeout how long to wait at most; zero only looks; a duration of more than 292 years waits for ever
     * @return whether there is something to receive
     * @throws IllegalArgumentException if {@code timeout} is negative
     * @throws IOException if this end is closed or only sends
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    boolean poll(Duration timeout) throws IOException, InterruptedException;

    /**
     * Whether this end receives.
     *
     * @return whether it receives
     */
    boolean readable();

    /**
     * Whether this end sends.
     *
     * @return whether it sends
     */
    boolean writable();

    /**
     * Whether {@link #close()} was called.
     *
     * @return whether it is closed
     */
    boolean closed();

    /**
     * What has gone through this end, as far as this process sent or received it.
     *
     * @param messagesSent how many messages were sent
     * @param bytesSent how many bytes they had, encoded
     * @param messagesReceived how many messages were received
     * @param bytesReceived how many bytes they had, encoded
     * @since 0.1.0
     */
    record Statistics(long messagesSent, long bytesSent, long messagesReceived, long bytesReceived) {}

    /**
     * A snapshot of what has gone through this end, by whichever connection of this process leads to it.
     *
     * @return the snapshot
     */
    Statistics statistics();

    /**
     * Gives up this process's hold on the end. A thread that waits on it gets an {@link IOException}. Later calls do nothing.
     */
    @Override
    void close();
}
