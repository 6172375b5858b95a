package com.tokaify.ledger.enforcement;

import com.tokaify.ledger.enforcement.access.Doors;
import com.tokaify.ledger.enforcement.authz.AuthzEndpoint;
import com.tokaify.ledger.enforcement.authz.AuthzHook;
import com.tokaify.ledger.enforcement.client.ClientAddress;
import com.tokaify.ledger.enforcement.decision.Guard;
import com.tokaify.ledger.enforcement.diagnose.DiagnoseEndpoint;
import com.tokaify.ledger.enforcement.grpc.ExtAuthzServer;
import com.tokaify.ledger.enforcement.http.EndpointServlet;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.Face;
import com.tokaify.ledger.enforcement.metrics.InstanceMetrics;
import com.tokaify.ledger.enforcement.metrics.Propagation;
import com.tokaify.ledger.enforcement.rate.RateMeters;
import com.tokaify.ledger.enforcement.reservation.ReservationEndpoint;
import com.tokaify.ledger.enforcement.reservation.Reservations;
import com.tokaify.ledger.enforcement.reservation.Sweeper;
import com.tokaify.ledger.enforcement.settings.ClientSettings;
import com.tokaify.ledger.enforcement.settings.GrpcSettings;
import com.tokaify.ledger.enforcement.settings.KafkaSettings;
import com.tokaify.ledger.enforcement.settings.LedgerSettings;
import com.tokaify.ledger.enforcement.settings.ReservationSettings;
import com.tokaify.ledger.enforcement.settings.UsageSettings;
import com.tokaify.ledger.enforcement.settings.ViewSettings;
import com.tokaify.ledger.enforcement.status.ViewHealthIndicator;
import com.tokaify.ledger.enforcement.stream.EventStreamReader;
import com.tokaify.ledger.enforcement.stream.Heartbeats;
import com.tokaify.ledger.enforcement.stream.Snapshots;
import com.tokaify.ledger.enforcement.usage.PendingUsage;
import com.tokaify.ledger.enforcement.usage.RecordingRequests;
import com.tokaify.ledger.enforcement.usage.SpooledUsage;
import com.tokaify.ledger.enforcement.usage.UnitsInFlight;
import com.tokaify.ledger.enforcement.usage.UsageEndpoint;
import com.tokaify.ledger.enforcement.usage.UsageLog;
import com.tokaify.ledger.enforcement.usage.UsageRecorder;
import com.tokaify.ledger.enforcement.usage.UsageResolver;
import com.tokaify.ledger.enforcement.verify.VerifyEndpoint;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.secret.Pepper;
import com.tokaify.ledger.service.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Who needs whom. The parts themselves know nothing of Spring. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    LocalView view(LedgerSettings ledger, ViewSettings settings) {
        return new LocalView(ledger.partitions(), System::nanoTime, settings.freshness());
    }

    @Bean
    Snapshots snapshots(ViewSettings settings) {
        return new Snapshots(settings.snapshotFolder(), settings.snapshotEvery());
    }

    @Bean
    Propagation propagation(LocalView view, InstantSource clock, MeterRegistry registry) {
        return new Propagation(view, clock, registry);
    }

    @Bean(initMethod = "start")
    EventStreamReader reader(
            KafkaSettings kafka,
            LocalView view,
            Snapshots snapshots,
            Propagation propagation,
            Tracing tracing) {
        return new EventStreamReader(
                EventStreamReader.consumer(kafka.bootstrap()),
                view,
                snapshots,
                propagation,
                tracing);
    }

    @Bean(initMethod = "start")
    Heartbeats heartbeats(KafkaSettings kafka, LocalView view, EventStreamReader reader) {
        return Heartbeats.of(view, reader, kafka.bootstrap());
    }

    @Bean
    RateMeters rateMeters() {
        return RateMeters.system();
    }

    @Bean
    Pepper pepper(LedgerSettings ledger) throws IOException {
        return Pepper.read(ledger.pepperFile());
    }

    @Bean
    Guard guard(
            LocalView view,
            Pepper pepper,
            UnitsInFlight units,
            InstantSource clock,
            RateMeters rates) {
        return new Guard(view, pepper, units, clock, rates);
    }

    @Bean
    DecisionCounts decisionCounts() {
        return new DecisionCounts();
    }

    @Bean
    InstanceMetrics instanceMetrics(
            DecisionCounts decisions, LocalView view, EventStreamReader reader, RateMeters rates) {
        return new InstanceMetrics(decisions, view, reader, rates);
    }

    @Bean
    ServletRegistrationBean<EndpointServlet> verify(
            Doors doors, Guard guard, DecisionCounts decisions) {
        return servlet(
                doors.post(
                        VerifyEndpoint.PATH, new VerifyEndpoint(guard, decisions.of(Face.VERIFY))),
                VerifyEndpoint.PATH);
    }

    @Bean
    AuthzHook authzHook(Doors doors, Guard guard, LocalView view, ClientSettings clients) {
        return new AuthzHook(
                doors.of(HttpMethod.GET, AuthzEndpoint.PATH),
                guard,
                view,
                new ClientAddress(clients.proxies()));
    }

    @Bean
    ServletRegistrationBean<EndpointServlet> authz(AuthzHook hook, DecisionCounts decisions) {
        return servlet(
                EndpointServlet.ofAnyMethod(new AuthzEndpoint(hook, decisions.of(Face.AUTHZ))),
                AuthzEndpoint.PATH,
                AuthzEndpoint.PATHS_BELOW);
    }

    @Bean(initMethod = "start")
    ExtAuthzServer extAuthz(
            AuthzHook hook, ClientSettings clients, DecisionCounts decisions, GrpcSettings grpc) {
        return new ExtAuthzServer(hook, clients.proxies(), decisions.of(Face.GRPC), grpc.socket());
    }

    @Bean
    ServletRegistrationBean<EndpointServlet> diagnose(Doors doors, Guard guard) {
        return servlet(
                doors.post(DiagnoseEndpoint.PATH, new DiagnoseEndpoint(guard)),
                DiagnoseEndpoint.PATH);
    }

    @Bean
    UnitsInFlight unitsInFlight() {
        return new UnitsInFlight();
    }

    @Bean
    PendingUsage pendingUsage(LocalView view, UnitsInFlight units, UsageSettings usage) {
        return new PendingUsage(view, units, usage.pendingTimeout(), System::nanoTime);
    }

    @Bean
    UsageLog usageLog(KafkaSettings kafka, LedgerSettings ledger, UsageSettings usage) {
        return new UsageLog(
                UsageLog.producer(kafka.bootstrap(), usage.timeout()),
                ledger.partitioning(),
                usage.timeout());
    }

    @Bean
    RecordingRequests recordingRequests(
            PendingUsage pending,
            UsageLog log,
            ObjectProvider<SpooledUsage> spooled,
            UsageSettings usage) {
        UsageRecorder recorder = Objects.requireNonNullElse(spooled.getIfAvailable(), log);
        return new RecordingRequests(pending, recorder, usage.maxInFlight());
    }

    @Bean
    ServletRegistrationBean<EndpointServlet> usage(
            Doors doors,
            LocalView view,
            Guard guard,
            RecordingRequests requests,
            InstantSource clock) {
        return servlet(
                doors.post(
                        UsageEndpoint.PATH,
                        new UsageEndpoint(view, new UsageResolver(view, guard), requests, clock)),
                UsageEndpoint.PATH);
    }

    @Bean
    Reservations reservations(
            LocalView view,
            Guard guard,
            UnitsInFlight units,
            PendingUsage pending,
            Pepper pepper,
            LedgerSettings ledger,
            ReservationSettings reservation,
            InstantSource clock) {
        Reservations reservations =
                new Reservations(
                        guard,
                        units,
                        pending,
                        pepper,
                        ledger.reporter(),
                        new Reservations.Terms(reservation.timeout(), reservation.maxHeld()),
                        clock,
                        new SecureRandom()::nextLong);
        view.tellBookedUsage(pending.then(reservations));
        return reservations;
    }

    @Bean(initMethod = "start")
    Sweeper sweeper(Reservations reservations, PendingUsage pending) {
        return new Sweeper(reservations, pending);
    }

    @Bean
    ServletRegistrationBean<EndpointServlet> reservation(
            Doors doors,
            Reservations reservations,
            RecordingRequests requests,
            DecisionCounts decisions) {
        return servlet(
                doors.post(
                        ReservationEndpoint.PATH,
                        new ReservationEndpoint(
                                reservations, requests, decisions.of(Face.RESERVATION))),
                ReservationEndpoint.PATH,
                ReservationEndpoint.PATHS_BELOW);
    }

    @Bean
    ViewHealthIndicator viewHealthIndicator(LocalView view) {
        return new ViewHealthIndicator(view);
    }

    private static ServletRegistrationBean<EndpointServlet> servlet(
            EndpointServlet servlet, String... paths) {
        ServletRegistrationBean<EndpointServlet> registration =
                new ServletRegistrationBean<>(servlet, paths);
        registration.setName(paths[0]);
        return registration;
    }
}
