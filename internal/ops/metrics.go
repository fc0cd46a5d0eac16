// Package ops tells an operator how the bot is doing: whether it is alive,
// whether it can do its work, and how much of it there is. It serves /healthz,
// /readyz and /metrics.
//
// It counts and it asks; it decides nothing. No name of a person, no id of one
// and nothing anybody wrote is a label, a value or a line here.
package ops

import (
	"context"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"waymark/internal/chat"
)

// Metrics are the counters of one bot. Its methods may be called from many
// goroutines.
type Metrics struct {
	now      func() time.Time
	registry *prometheus.Registry

	events     *prometheus.CounterVec
	handling   *prometheus.HistogramVec
	calls      *prometheus.CounterVec
	calling    *prometheus.HistogramVec
	deliveries *prometheus.CounterVec
	due        prometheus.Counter
	ticks      *prometheus.CounterVec
	ticking    prometheus.Histogram
	ticked     prometheus.Gauge
}

// NewMetrics makes the counters; now is the clock of the machine.
func NewMetrics(now func() time.Time) *Metrics {
	m := &Metrics{now: now, registry: prometheus.NewRegistry()}
	quick := []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 3}
	slow := []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	m.events = counters("waymark_events_total", "Events handled, by what happened and how it went (ok, error).", "kind", "outcome")
	m.handling = histograms("waymark_event_seconds", "How long an event took until everything that follows from it was durable. Slack waits 3 s.", quick, "kind")
	m.calls = counters("waymark_slack_calls_total", "Calls of Slack's Web API, by method and HTTP status (0 = no answer).", "method", "status")
	m.calling = histograms("waymark_slack_call_seconds", "How long Slack took to answer a call.", slow, "method")
	m.deliveries = counters("waymark_deliveries_total", "Tries to send something from the outbox: sent, later (tried again) or parked (never), and Slack's name of the error.", "outcome", "error")
	m.due = prometheus.NewCounter(prometheus.CounterOpts{Name: "waymark_due_people_total", Help: "People whose reminders were looked at because a moment had come."})
	m.ticks = counters("waymark_ticks_total", "Looks for people who are due, once a minute (ok, error).", "outcome")
	m.ticking = prometheus.NewHistogram(prometheus.HistogramOpts{Name: "waymark_tick_seconds", Help: "How long such a look took.", Buckets: []float64{.001, .01, .1, .5, 1, 5, 15, 60, 300}})
	m.ticked = prometheus.NewGauge(prometheus.GaugeOpts{Name: "waymark_last_tick_timestamp_seconds", Help: "When the last of them ended, by the machine's clock."})
	m.registry.MustRegister(m.events, m.handling, m.calls, m.calling, m.deliveries, m.due, m.ticks, m.ticking, m.ticked,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func counters(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
}

func histograms(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
}

// Gauge registers a number that is asked for whenever metrics are read.
func (m *Metrics) Gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

// Handler is next, counted.
func (m *Metrics) Handler(next chat.Handler) chat.Handler {
	return func(ctx context.Context, e chat.Event) (chat.Reply, error) {
		start := m.now()
		// A panic goes on to whoever keeps it away from the other events.
		outcome := "panic"
		defer func() {
			m.events.WithLabelValues(kindName(e.Kind), outcome).Inc()
			m.handling.WithLabelValues(kindName(e.Kind)).Observe(m.now().Sub(start).Seconds())
		}()
		reply, err := next(ctx, e)
		if outcome = "ok"; err != nil {
			outcome = "error"
		}
		return reply, err
	}
}

// kindNames are the values of the label kind.
var kindNames = map[chat.Kind]string{
	chat.Text: "text", chat.Edited: "edited", chat.Deleted: "deleted", chat.Command: "command", chat.Click: "click",
	chat.Submitted: "submitted", chat.Opened: "opened", chat.Mention: "mention", chat.ProfileChanged: "profile",
	chat.Shortcut: "shortcut", chat.Due: "due",
}

func kindName(k chat.Kind) string {
	if name, ok := kindNames[k]; ok {
		return name
	}
	return "other"
}

// Transport is next, counted: the calls of Slack's Web API by method.
func (m *Metrics) Transport(next http.RoundTripper) http.RoundTripper { return transport{m, next} }

type transport struct {
	m    *Metrics
	next http.RoundTripper
}

// RoundTrip makes the call.
func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	start := t.m.now()
	resp, err := t.next.RoundTrip(r)
	status := 0
	if err == nil {
		status = resp.StatusCode
	}
	method := methodOf(r.URL.Path)
	t.m.calls.WithLabelValues(method, strconv.Itoa(status)).Inc()
	t.m.calling.WithLabelValues(method).Observe(t.m.now().Sub(start).Seconds())
	return resp, err
}

// methodOf is the Web API method that a path calls; the address of an upload
// holds an id and is one method for all.
func methodOf(p string) string {
	if name := path.Base(p); strings.HasPrefix(p, "/api/") && strings.Contains(name, ".") && len(name) < 64 {
		return name
	}
	return "upload"
}

// Delivered counts a try to send something: sent, later or parked, and the
// platform's name of the error, "" for none.
func (m *Metrics) Delivered(outcome, name string) { m.deliveries.WithLabelValues(outcome, name).Inc() }

// Ticked counts a look for people who are due, which found n and began at start.
func (m *Metrics) Ticked(start time.Time, n int, err error) {
	end := m.now()
	outcome := "ok"
	if err != nil {
		outcome = "error"
	}
	m.ticks.WithLabelValues(outcome).Inc()
	m.due.Add(float64(n))
	m.ticking.Observe(end.Sub(start).Seconds())
	m.ticked.Set(float64(end.UnixNano()) / 1e9)
}
