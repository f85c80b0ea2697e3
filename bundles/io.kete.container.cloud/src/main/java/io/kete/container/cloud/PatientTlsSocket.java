// SPDX-License-Identifier: EPL-2.0
package io.kete.container.cloud;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A TLS socket with {@link PatientInput}: with TLS 1.3 a server refuses a client's certificate only
 * after the client's handshake, in the very moment the MQTT client starts.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // the socket inside locks itself
final class PatientTlsSocket extends SSLSocket {

  private static final long REFUSAL_MILLIS = 300;
  private static final String BROKEN_PIPE = "Broken pipe";

  private final SSLSocket tls;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CompletableFuture<IOException> refusal = new CompletableFuture<>();
  private volatile @Nullable OutputStream output;

  PatientTlsSocket(SSLSocket tls) {
    this.tls = tls;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new PatientInput(new FirstAnswer(tls.getInputStream()), closed, refusal);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream made = output;
    return made == null ? new TellingOutput(tls.getOutputStream()) : made;
  }

  /**
   * Input that says so when the peer closes before its first byte. The alert that tells why is
   * often lost: the peer has closed when this side's first message comes, and the network drops
   * what was not read yet.
   */
  private static final class FirstAnswer extends FilterInputStream {

    private boolean answered;

    FirstAnswer(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        int read = in.read(bytes, from, length);
        if (read < 0 && !answered) {
          throw new SSLException(TlsDiagnosis.CLOSED_AT_ONCE);
        }
        answered = true;
        return read;
      } catch (SSLException | SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        throw answered ? e : new SSLException(TlsDiagnosis.CLOSED_AT_ONCE, e);
      }
    }
  }

  /**
   * Output that fails with what the peer said when it closed. The alert is found by whoever reads;
   * whoever writes would only learn that the socket is closed.
   */
  private final class TellingOutput extends FilterOutputStream {

    TellingOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw told(e);
      }
    }

    private IOException told(IOException closing) {
      try {
        IOException said = refusal.get(REFUSAL_MILLIS, TimeUnit.MILLISECONDS);
        said.addSuppressed(closing);
        return said;
      } catch (TimeoutException | ExecutionException nothingSaid) {
        return closing;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return closing;
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    tls.close();
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    tls.connect(endpoint);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    tls.connect(endpoint, timeout);
  }

  @Override
  public void startHandshake() throws IOException {
    try {
      tls.startHandshake();
    } catch (SocketException e) {
      // with TLS 1.2 the peer sees that there is no certificate while this side still sends
      throw BROKEN_PIPE.equals(e.getMessage())
          ? new SSLException(TlsDiagnosis.CLOSED_IN_HANDSHAKE, e)
          : e;
    }
    // the client asks for the output when its reader runs already and may have closed the socket
    output = new TellingOutput(tls.getOutputStream());
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    tls.setSoTimeout(timeout);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return tls.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    tls.setTcpNoDelay(on);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return tls.getTcpNoDelay();
  }

  @Override
  public boolean isConnected() {
    return tls.isConnected();
  }

  @Override
  public boolean isClosed() {
    return tls.isClosed();
  }

  @Override
  public InetAddress getInetAddress() {
    return tls.getInetAddress();
  }

  @Override
  public int getPort() {
    return tls.getPort();
  }

  @Override
  public int getLocalPort() {
    return tls.getLocalPort();
  }

  @Override
  public SSLParameters getSSLParameters() {
    return tls.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    tls.setSSLParameters(parameters);
  }

  @Override
  public SSLSession getSession() {
    return tls.getSession();
  }

  @Override
  public SSLSession getHandshakeSession() {
    return tls.getHandshakeSession();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return tls.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    tls.setEnabledCipherSuites(suites);
  }

  @Override
  public String[] getSupportedProtocols() {
    return tls.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return tls.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    tls.setEnabledProtocols(protocols);
  }

  @Override
  public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
    tls.addHandshakeCompletedListener(listener);
  }

  @Override
  public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
    tls.removeHandshakeCompletedListener(listener);
  }

  @Override
  public void setUseClientMode(boolean mode) {
    tls.setUseClientMode(mode);
  }

  @Override
  public boolean getUseClientMode() {
    return tls.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    tls.setNeedClientAuth(need);
  }

  @Override
  public boolean getNeedClientAuth() {
    return tls.getNeedClientAuth();
  }

  @Override
  public void setWantClientAuth(boolean want) {
    tls.setWantClientAuth(want);
  }

  @Override
  public boolean getWantClientAuth() {
    return tls.getWantClientAuth();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    tls.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return tls.getEnableSessionCreation();
  }
}
